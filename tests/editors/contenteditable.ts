// An element that is editable, without an editor. What stands in it is all the state there is.
import { CHANGE, CHANGE_IN_PIECE, HTML, selectIn } from './editor-under-test.ts';

export function mountContenteditable(parent: HTMLElement | ShadowRoot): void {
  const root = document.createElement('div');
  root.contentEditable = 'true';
  root.innerHTML = HTML;
  parent.append(root);
  window.editor = {
    text: () => root.innerText.replace(/\n\n/g, '\n').trimEnd(),
    state: () => root.innerHTML,
    change: () => (root.children[1].childNodes[2] as Text).insertData(CHANGE_IN_PIECE, CHANGE),
    select: (text) => selectIn(root, text),
  };
}
