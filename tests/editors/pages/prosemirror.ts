import { exampleSetup } from 'prosemirror-example-setup';
import { DOMParser } from 'prosemirror-model';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import 'prosemirror-view/style/prosemirror.css';
import { CHANGE, CHANGE_AT, FIRST, HTML, place, selectIn } from '../editor-under-test.ts';

const template = document.createElement('div');
template.innerHTML = HTML;
const view = new EditorView(place(), {
  state: EditorState.create({
    doc: DOMParser.fromSchema(schema).parse(template),
    plugins: exampleSetup({ schema, menuBar: false }),
  }),
});

window.editor = {
  text: () => view.state.doc.textBetween(0, view.state.doc.content.size, '\n', '\n'),
  state: () => JSON.stringify(view.state.doc.toJSON()),
  change: () => view.dispatch(view.state.tr.insertText(CHANGE, FIRST.length + 3 + CHANGE_AT)),
  select: (text) => selectIn(view.dom, text),
};
