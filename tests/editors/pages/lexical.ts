import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical';
import type { ElementNode, TextNode } from 'lexical';
import { CHANGE, CHANGE_IN_PIECE, FIRST, LAST, MIDDLE, place, selectIn } from '../editor-under-test.ts';

const root = document.createElement('div');
root.contentEditable = 'true';
root.style.whiteSpace = 'pre-wrap';
place().append(root);
const lexical = createEditor({
  namespace: 'tests',
  onError: (error) => {
    throw error;
  },
});
lexical.setRootElement(root);
registerRichText(lexical);
registerHistory(lexical, createEmptyHistoryState(), 300);

lexical.update(
  () => {
    const middle = MIDDLE.map((piece) => {
      const node = $createTextNode(piece.text);
      return 'style' in piece ? node.toggleFormat(piece.style === 'strong' ? 'bold' : 'italic') : node;
    });
    $getRoot().append(
      $createParagraphNode().append($createTextNode(FIRST)),
      $createParagraphNode().append(...middle),
      $createParagraphNode().append($createTextNode(LAST)),
    );
  },
  { discrete: true },
);

window.editor = {
  text: () => lexical.getEditorState().read(() => $getRoot().getTextContent().replaceAll('\n\n', '\n')),
  state: () => JSON.stringify(lexical.getEditorState().toJSON()),
  change: () =>
    lexical.update(() => {
      const piece = ($getRoot().getChildAtIndex(1) as ElementNode).getChildAtIndex(2) as TextNode;
      piece.spliceText(CHANGE_IN_PIECE, 0, CHANGE);
    }),
  select: (text) => selectIn(root, text),
};
