// Writes one piece of text into an editor. Which way is for which editor stands in ways.ts.
import type { EditorKind } from './editors.ts';
import { asThePageHas } from './page-object.ts';
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
  if (way === 'replacement') {
    const inputType = text === '' ? deletionFor(kind) : 'insertReplacementText';
    return dispatchReplacement(root, { start, end }, { inputType, data: text, format: 'text/plain' });
  }
  if (way === 'paste' && text !== '') dispatchPaste(root, text);
  else insertText(root.ownerDocument, text);
}

/** Nothing is told to an editor that could not read the data: it would delete what is selected. */
export function dispatchPaste(root: HTMLElement, data: string, format = 'text/plain'): void {
  const init = { clipboardData: new DataTransfer(), bubbles: true, cancelable: true, composed: true };
  const event = new ClipboardEvent('paste', init);
  // Firefox gives each event a clipboard of its own.
  const given = asThePageHas(event.clipboardData!);
  given.setData(format, data);
  if (given.getData(format) === data) root.dispatchEvent(event);
}

export interface Input {
  inputType: string;
  data: string;
  /** Of the data: a media type. */
  format: string;
}

/** The input event of a spelling correction, or of a deletion, at a place of its own. */
export function dispatchReplacement(
  root: HTMLElement,
  { start, end }: PointSpan,
  { inputType, data, format }: Input,
): void {
  const [startContainer, startOffset, endContainer, endOffset] = [start.node, start.offset, end.node, end.offset];
  const init: InputEventInit = {
    inputType,
    dataTransfer: transfer(data, format),
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

function transfer(data: string, format: string): DataTransfer {
  const made = new DataTransfer();
  asThePageHas(made).setData(format, data);
  return made;
}
