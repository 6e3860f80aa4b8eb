// What each page of tests/editors/pages says of its editor to the tests, as `window.editor`: the editor's own state, never the page's
// elements. `state` is compared as a whole (formatting too), `text` is read.

export interface EditorUnderTest {
  /** The text in the editor's own state, \n between paragraphs and lines. */
  text(): string;
  /** All of the editor's own state that the reader would see. */
  state(): string;
  /** Another writer puts `CHANGE` into the middle paragraph (at `CHANGE_AT`), through the editor's own interface. */
  change(): void;
  /** Selects a text of the middle paragraph as the mouse would, and gives the editor the focus. */
  select(text: string): void;
}

declare global {
  var editor: EditorUnderTest;
}

export const FIRST = 'First line stays as it is.';
/** The middle paragraph in pieces: what stands between is formatted. */
export const MIDDLE = [
  { text: 'The ' },
  { text: 'brown', style: 'strong' },
  { text: ' fox jump over the ' },
  { text: 'lazy dog', style: 'em' },
  { text: ' near teh river today.' },
] as const;
export const MIDDLE_TEXT = MIDDLE.map(({ text }) => text).join('');
export const LAST = 'Last line stays, too.';
export const TEXT = [FIRST, MIDDLE_TEXT, LAST].join('\n');
/** What another writer puts into the third piece, so that it reads "fox will jump". */
export const CHANGE = 'will ';
export const CHANGE_IN_PIECE = ' fox '.length;
export const CHANGE_AT = MIDDLE_TEXT.indexOf('jump');
export const CHANGED_TEXT = MIDDLE_TEXT.replace('jump', `${CHANGE}jump`);

export const MIDDLE_HTML = MIDDLE.map((piece) =>
  'style' in piece ? `<${piece.style}>${piece.text}</${piece.style}>` : piece.text,
).join('');
export const HTML = `<p>${FIRST}</p><p>${MIDDLE_HTML}</p><p>${LAST}</p>`;

/** Where the editor is put. */
export function place(): HTMLElement {
  return document.querySelector<HTMLElement>('#editor')!;
}

/** Selects what the editor shows, by the browser's own selection. */
export function selectIn(root: HTMLElement, text: string): void {
  root.focus();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = (node as Text).data.indexOf(text);
    if (at < 0) continue;
    getSelection()!.setBaseAndExtent(node, at, node, at + text.length);
    return;
  }
  throw new Error(`not shown: ${text}`);
}

/** For fields. */
export function selectInField(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus();
  const at = field.value.indexOf(text);
  if (at < 0) throw new Error(`not in the field: ${text}`);
  field.setSelectionRange(at, at + text.length);
}
