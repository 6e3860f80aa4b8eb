// Several changes with formatting between them as one step of undo: the editor is asked for a copy of all that lies between, in its own
// format, and given it back with the changes in it. What it copies it can take: bold words, links and mentions stay what they are.
import { draftCopy } from './draft-copy.ts';
import type { EditorKind } from './editors.ts';
import { editFragment, type FragmentFormat } from './fragment.ts';
import { asThePageHas } from './page-object.ts';
import { selectPoints } from './selected.ts';
import type { TextEdit } from './target.ts';
import type { TextMap } from './text-map.ts';
import { pointsOf, type PointSpan } from './text-points.ts';
import { dispatchPaste, dispatchReplacement } from './write-rich.ts';
import { comesTrue, settled } from './writing.ts';

const FORMATS: Partial<Record<EditorKind, FragmentFormat>> = {
  lexical: 'application/x-lexical-editor',
  slate: 'application/x-slate-fragment',
  ckeditor: 'text/html',
  draft: 'text/html',
};

/** False where the editor gives no copy that the edits could be put into: then nothing is written. */
export async function writeFragment(
  root: HTMLElement,
  kind: EditorKind,
  map: TextMap,
  edits: TextEdit[],
): Promise<boolean> {
  const format = FORMATS[kind];
  const [start, end] = widened(kind, map, edits[0].start, edits.at(-1)!.end);
  const points = pointsOf(map, start, end);
  if (!format || !points || edits.some(({ replacement }) => replacement.includes('\n'))) return false;
  const inside = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const [text, characters] = [map.text.slice(start, end), map.characters.slice(start, end)];
  const withEdits = (copy: string) => editFragment(format, copy, text, characters, inside);
  selectPoints(root, points);
  await settled(root.ownerDocument.defaultView!);
  const edited =
    kind === 'draft' ? withEdits(draftCopy(map, start, end) ?? '') : await untilCopied(root, points, format, withEdits);
  if (edited === null) return false;
  if (format === 'text/html') dispatchPaste(root, edited, format);
  else dispatchReplacement(root, points, { inputType: 'insertReplacementText', data: edited, format });
  return true;
}

/** The editor may learn some time later what is selected, and restore its own selection first: until then it copies something else. */
async function untilCopied(
  root: HTMLElement,
  points: PointSpan,
  format: FragmentFormat,
  withEdits: (copy: string) => string | null,
): Promise<string | null> {
  let edited: string | null = null;
  await comesTrue(root.ownerDocument.defaultView!, () => {
    edited = withEdits(copyOf(root, format));
    if (edited === null) selectPoints(root, points);
    return edited !== null;
  });
  return edited;
}

/** What the editor would put on the clipboard: an event of its own kind of clipboard, which the reader's hears nothing of. */
function copyOf(root: HTMLElement, format: FragmentFormat): string {
  const init = { clipboardData: new DataTransfer(), bubbles: true, cancelable: true, composed: true };
  const event = new ClipboardEvent('copy', init);
  root.dispatchEvent(event);
  // Firefox gives each event a clipboard of its own.
  const data: unknown = asThePageHas(event.clipboardData!).getData(format);
  return typeof data === 'string' ? data : '';
}

/**
 * To letters at both ends, as far as there are some on the line: spaces there could be lost, and new words take the formatting of one. In
 * Slate to the end of the last of several paragraphs: what it leaves of that one it joins to the first, to be of its kind.
 */
function widened(
  kind: EditorKind,
  { text, characters }: TextMap,
  start: number,
  end: number,
): [start: number, end: number] {
  const isParagraph = (at: number) => at in characters && characters[at].breaks !== 'block';
  const isInLine = (at: number) => at in characters && !characters[at].breaks && !characters[at].island;
  const isLetter = (at: number) => !/[\s\ud800-\udfff]/.test(text[at]);
  let [from, to] = [start, end];
  while (isInLine(from - 1)) if (isLetter(--from)) break;
  while (isInLine(to)) if (isLetter(to++)) break;
  const isSeveral = characters.slice(from, to).some(({ breaks }) => breaks === 'block');
  if (kind === 'slate' && isSeveral) while (isParagraph(to)) to += 1;
  return [from, to];
}
