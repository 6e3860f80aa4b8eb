// Writes one piece of text into an editor. Which way is for which editor stands in ways.ts.
import type { EditorKind } from './editors.ts';
import { selectPoints } from './selected.ts';
import type { PointSpan } from './text-points.ts';
import type { Way } from './ways.ts';
import { insertText } from './writing.ts';

/** `html` is not for one piece: write-html.ts. */
export type PieceWay = Exclude<Way, 'html'>;

/**
 * Replaces what lies between two points. At once, without a turn in between: an editor that watches its page takes several of them as one.
 */
export function writePiece(
  root: HTMLElement,
  kind: EditorKind,
  way: PieceWay,
  { start, end }: PointSpan,
  text: string,
): void {
  selectPoints(root, { start, end });
  // Editors take such events in Firefox, too, but do not find the text in them, and delete what is selected: its build has no way here.
  if (!import.meta.env.FIREFOX) {
    if (way === 'replacement') return dispatchReplacement(root, kind, { start, end }, text);
    if (way === 'paste' && text !== '') return dispatchPaste(root, text);
  }
  insertText(root.ownerDocument, text);
}

/** Chromium only. */
export function dispatchPaste(root: HTMLElement, text: string): void {
  const clipboardData = transfer(text);
  root.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
}

function dispatchReplacement(root: HTMLElement, kind: EditorKind, { start, end }: PointSpan, text: string): void {
  const [startContainer, startOffset, endContainer, endOffset] = [start.node, start.offset, end.node, end.offset];
  const init: InputEventInit = {
    inputType: text === '' ? deletionFor(kind) : 'insertReplacementText',
    dataTransfer: transfer(text),
    targetRanges: [new StaticRange({ startContainer, startOffset, endContainer, endOffset })],
    bubbles: true,
    cancelable: true,
    composed: true,
  };
  root.dispatchEvent(new InputEvent('beforeinput', init));
}

/** Of all deletions, the one whose place the editor takes from the event. */
function deletionFor(kind: EditorKind): string {
  return kind === 'slate' ? 'deleteByCut' : 'deleteContentBackward';
}

function transfer(text: string): DataTransfer {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  return data;
}
