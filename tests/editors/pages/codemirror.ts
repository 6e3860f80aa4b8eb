import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { CHANGE, CHANGE_AT, FIRST, place, selectIn, TEXT } from '../editor-under-test.ts';

const view = new EditorView({
  parent: place(),
  state: EditorState.create({
    doc: TEXT,
    extensions: [history(), keymap.of([...defaultKeymap, ...historyKeymap])],
  }),
});

window.editor = {
  text: () => view.state.doc.toString(),
  state: () => view.state.doc.toString(),
  change: () => view.dispatch({ changes: { from: FIRST.length + 1 + CHANGE_AT, insert: CHANGE } }),
  select: (text) => selectIn(view.contentDOM, text),
};
