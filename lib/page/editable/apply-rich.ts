// Puts edits into an editor, once, and reads back what it made of them; what it did not take as meant is undone.
import type { EditorKind } from './editors.ts';
import { isPlainText } from './editors.ts';
import { keepsMarks, marksOf } from './formatting.ts';
import { planWrites } from './plan-writes.ts';
import { selectPoints } from './selected.ts';
import { applyEdits } from './target.ts';
import type { ApplyResult, TextEdit } from './target.ts';
import { readTextMap, type TextMap } from './text-map.ts';
import { pointsOf, type PointSpan } from './text-points.ts';
import { methodFor, type Browser } from './ways.ts';
import { writeHtml } from './write-html.ts';
import { writePiece } from './write-rich.ts';
import { comesTrue, settled, undo } from './writing.ts';

/** `before` is the editor's text as it is now, `asked` are edits of all of it; there is one at least. */
export async function applyToRich(
  root: HTMLElement,
  before: TextMap,
  asked: TextEdit[],
  kind: EditorKind,
  browser: Browser,
): Promise<ApplyResult> {
  const view = root.ownerDocument.defaultView!;
  const marks = marksOf(before);
  const edits = asWritable(kind, asked);
  const writes = planWrites(isPlainText(kind) ? null : before, before.text, edits);
  const wanted = applyEdits(before.text, edits);

  root.focus({ preventScroll: true });
  await settled(view);
  const steps = await write(root, before, writes, kind, browser);
  const isTaken = await comesTrue(view, () => isSame(kind, readTextMap(root).text, wanted));
  const after = readTextMap(root);
  if (
    isTaken &&
    (isPlainText(kind) || keepsMarks({ text: before.text, marks }, { text: after.text, marks: marksOf(after) }, writes))
  ) {
    placeCaret(root, after, edits.at(-1)!.end + wanted.length - before.text.length);
    return 'applied';
  }
  // CKEditor may take three steps for a line break.
  const most = steps + (kind === 'ckeditor' ? 2 * (wanted.split('\n').length - 1) : 0);
  for (let step = 0; step < most && steps > 0 && !isSame(kind, readTextMap(root).text, before.text); step++) {
    undo(root);
    await settled(view);
  }
  return 'refused';
}

/** How many steps of undo that may have been. */
async function write(
  root: HTMLElement,
  map: TextMap,
  writes: TextEdit[],
  kind: EditorKind,
  browser: Browser,
): Promise<number> {
  const view = root.ownerDocument.defaultView!;
  const inLine = writes.every((each) => liesInText(each, pointsOf(map, each.start, each.end)));
  const hasBreaks = writes.some(({ replacement }) => replacement.includes('\n'));
  const shape = {
    several: writes.length > 1,
    inLine,
    hasBreaks,
    emptiesNode: writes.some((each) => emptiesNode(map, each)),
  };
  const { way, together } = methodFor(kind, browser, shape);
  let expected = map.text;
  let steps = 0;
  // From the last to the first, so that the offsets of those to come still hold.
  for (const group of way === 'html' ? byBlock(map, writes).toReversed() : writes.map((each) => [each]).toReversed()) {
    const now = readTextMap(root);
    // The editor has made something else of what came before: nothing on top of it.
    if ((!together || steps === 0) && !isSame(kind, now.text, expected)) break;
    const pieces = group.map(({ start, end, replacement: text }) => ({ points: pointsOf(now, start, end), text }));
    const placed = pieces.filter((piece): piece is { points: PointSpan; text: string } => piece.points !== null);
    if (placed.length < pieces.length) break;
    if (!together) {
      // Many editors learn of the selection some time after it is made, and with it which formatting the text gets.
      selectPoints(root, placed[0].points);
      await settled(view);
    }
    if (way === 'html') writeHtml(root, textsAround(now, group[0].start), placed);
    else writePiece(root, kind, way, placed[0].points, placed[0].text);
    steps += 1;
    if (!together) await settled(view);
    expected = applyEdits(expected, group);
  }
  return steps;
}

/** Whether a write stays within one text node and leaves something of it. */
function liesInText({ start, end, replacement }: TextEdit, points: PointSpan | null): boolean {
  const node = points?.start.node;
  if (node?.nodeType !== 3 || points?.end.node !== node || replacement.includes('\n')) return false;
  return replacement !== '' || end - start < (node as Text).length;
}

function emptiesNode({ characters }: TextMap, { start, end }: TextEdit): boolean {
  return end > start && end - start === (characters[start].node as Text).length;
}

/** The text nodes of the block that an offset lies in, up to the blocks inside of it. */
function textsAround({ characters }: TextMap, offset: number): Text[] {
  const isEnd = (at: number) => at < 0 || at >= characters.length || characters[at].breaks === 'block';
  let [first, last] = [offset, offset];
  while (!isEnd(first - 1)) first -= 1;
  while (!isEnd(last)) last += 1;
  const texts = characters.slice(first, last).filter(({ breaks, island }) => !breaks && !island);
  return [...new Set(texts.map(({ node }) => node as Text))];
}

function byBlock({ characters }: TextMap, writes: TextEdit[]): TextEdit[][] {
  const groups: { block: Element; edits: TextEdit[] }[] = [];
  for (const each of writes) {
    const { block } = characters[Math.min(each.start, characters.length - 1)];
    const group = groups.at(-1);
    if (group?.block === block) group.edits.push(each);
    else groups.push({ block, edits: [each] });
  }
  return groups.map(({ edits }) => edits);
}

/** Some editors begin a paragraph at each line break: blank lines between would be empty ones. */
function asWritable(kind: EditorKind, edits: TextEdit[]): TextEdit[] {
  if (kind !== 'prosemirror' && kind !== 'ckeditor') return edits;
  return edits.map((edit) => ({ ...edit, replacement: edit.replacement.replace(/\n{2,}/g, '\n') }));
}

/** The same to a reader: browsers turn spaces that would not be shown into no-break spaces, or leave them out. In code, each one counts. */
function isSame(kind: EditorKind, text: string, other: string): boolean {
  const shown = (of: string) =>
    isPlainText(kind)
      ? of
      : of
          .replace(/[ \u00a0]+/g, ' ')
          .replace(/ ?\n ?/g, '\n')
          .trim();
  return shown(text) === shown(other);
}

function placeCaret(root: HTMLElement, map: TextMap, offset: number): void {
  const points = pointsOf(map, offset, offset);
  if (points) selectPoints(root, points);
}
