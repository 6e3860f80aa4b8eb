import { convertFromRaw, Editor, EditorState, Modifier, SelectionState } from 'draft-js';
import type { ContentBlock, RawDraftContentBlock } from 'draft-js';
import 'draft-js/dist/Draft.css';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CHANGE, CHANGE_AT, FIRST, LAST, MIDDLE, MIDDLE_TEXT, place, selectIn } from '../editor-under-test.ts';

const block = (key: string, text: string): RawDraftContentBlock => ({
  key,
  text,
  type: 'unstyled',
  depth: 0,
  inlineStyleRanges: [],
  entityRanges: [],
});
const middle = block('middle', MIDDLE_TEXT);
for (const piece of MIDDLE) {
  if (!('style' in piece)) continue;
  const style = piece.style === 'strong' ? 'BOLD' : 'ITALIC';
  middle.inlineStyleRanges.push({ style, offset: MIDDLE_TEXT.indexOf(piece.text), length: piece.text.length });
}
const content = convertFromRaw({ blocks: [block('first', FIRST), middle, block('last', LAST)], entityMap: {} });

/** The pieces of a paragraph, each of one formatting. */
function piecesOf(paragraph: ContentBlock): string[] {
  const pieces: string[] = [];
  paragraph.findStyleRanges(
    () => true,
    (start, end) =>
      pieces.push(`${paragraph.getInlineStyleAt(start).join()}: ${paragraph.getText().slice(start, end)}`),
  );
  return pieces;
}

let state: EditorState;
let set: (state: EditorState) => void;

function Writing() {
  const [editorState, setEditorState] = useState(() => EditorState.createWithContent(content));
  state = editorState;
  set = setEditorState;
  return createElement(Editor, { editorState, onChange: setEditorState });
}

createRoot(place()).render(createElement(Writing));

window.editor = {
  text: () => state.getCurrentContent().getPlainText('\n'),
  state: () => JSON.stringify(state.getCurrentContent().getBlocksAsArray().map(piecesOf)),
  change: () => {
    const start = SelectionState.createEmpty('middle').merge({ anchorOffset: CHANGE_AT, focusOffset: CHANGE_AT });
    const changed = Modifier.insertText(state.getCurrentContent(), start, CHANGE);
    set(EditorState.push(state, changed, 'insert-characters'));
  },
  select: (text) => selectIn(place().querySelector<HTMLElement>('[contenteditable]')!, text),
};
