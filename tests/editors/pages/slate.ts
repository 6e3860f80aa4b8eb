import { createElement } from 'react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createEditor, Node, Transforms } from 'slate';
import type { Descendant } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';
import type { RenderLeafProps } from 'slate-react';
import { CHANGE, CHANGE_IN_PIECE, FIRST, LAST, MIDDLE, place, selectIn } from '../editor-under-test.ts';

const slate = withHistory(withReact(createEditor()));
const middle = MIDDLE.map((piece) => ({ text: piece.text, ...('style' in piece && { [piece.style]: true }) }));
const quotation = { kind: 'quotation', children: [{ text: LAST }] };
const initialValue: Descendant[] = [{ children: [{ text: FIRST }] }, { children: middle }, quotation];

function renderLeaf({ attributes, children, leaf }: RenderLeafProps) {
  const marks = leaf as { strong?: boolean; em?: boolean };
  const style = { fontWeight: marks.strong ? 'bold' : undefined, fontStyle: marks.em ? 'italic' : undefined };
  return createElement('span', { ...attributes, style }, children as ReactNode);
}

createRoot(place()).render(
  createElement(Slate, { editor: slate, initialValue, children: createElement(Editable, { renderLeaf }) }),
);

window.editor = {
  text: () => slate.children.map((node) => Node.string(node)).join('\n'),
  state: () => JSON.stringify(slate.children),
  change: () => Transforms.insertText(slate, CHANGE, { at: { path: [1, 2], offset: CHANGE_IN_PIECE } }),
  select: (text) => selectIn(place().querySelector<HTMLElement>('[data-slate-editor]')!, text),
};
