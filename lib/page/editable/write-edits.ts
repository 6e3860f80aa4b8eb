// Puts edits into an editor: as few steps as its ways allow, the last one first. Whether it took them is for apply-rich.ts to see.
import { draftCopy } from './draft-copy.ts';
import type { EditorKind } from './editors.ts';
import { paragraphsRange, type Lines } from './paragraphs-range.ts';
import { groupsOf, type Part } from './plan-writes.ts';
import { isSame } from './same-text.ts';
import { selectPoints } from './selected.ts';
import { liesInText, shapeOf } from './shape.ts';
import { applyEdits } from './target.ts';
import type { TextEdit } from './target.ts';
import { readTextMap, type Character, type Point, type TextMap } from './text-map.ts';
import { pointsOf } from './text-points.ts';
import { methodFor, partsFor, stepsOf, takesFragments, type Browser, type Method } from './ways.ts';
import { writeFragment } from './write-fragment.ts';
import { lineRange, writeHtml, type Piece, type Place } from './write-html.ts';
import { writePiece } from './write-rich.ts';
import { settled } from './writing.ts';

export interface Editor {
  root: HTMLElement;
  kind: EditorKind;
  browser: Browser;
}

/** How many steps of undo the writes would be, as far as can be told before. */
export function countSteps(editor: Editor, map: TextMap, writes: TextEdit[], parts = partsFor(editor.kind)): number {
  const [part, ...finer] = parts;
  const steps = groupsOf(map, writes, part).map((group) => {
    if (group.length > 1 && isTakenAtOnce(editor, map, group)) return 1;
    if (group.length > 1 && isSome(finer)) return countSteps(editor, map, group, finer);
    return stepsOfEach(editor, map, group);
  });
  return steps.reduce((sum, each) => sum + each, 0);
}

/** How many steps of undo that may have been. */
export async function writeEdits(
  editor: Editor,
  map: TextMap,
  writes: TextEdit[],
  parts = partsFor(editor.kind),
): Promise<number> {
  const { root, kind } = editor;
  const [part, ...finer] = parts;
  let expected = map.text;
  let steps = 0;
  // From the last to the first, so that the offsets of those to come still hold.
  for (const group of groupsOf(map, writes, part).toReversed()) {
    const now = readTextMap(root);
    // The editor has made something else of what came before: nothing on top of it.
    if (!isSame(kind, now.text, expected)) break;
    if (group.length > 1 && isTakenAtOnce(editor, now, group) && (await writeAtOnce(editor, now, group))) steps += 1;
    else if (group.length > 1 && isSome(finer)) steps += await writeEdits(editor, now, group, finer);
    else steps += await writeEach(editor, now, group);
    await settled(root.ownerDocument.defaultView!);
    expected = applyEdits(expected, group);
  }
  return steps;
}

function isSome(parts: Part[]): parts is [Part, ...Part[]] {
  return parts.length > 0;
}

/** Whether the editor takes several edits with all that stands between them as one. */
function isTakenAtOnce({ root, kind, browser }: Editor, map: TextMap, edits: TextEdit[]): boolean {
  if (edits.some(({ replacement }) => replacement.includes('\n'))) return false;
  if (kind === 'plain') return linesOf(root, map, edits, browser) !== null;
  if (!takesFragments(kind)) return false;
  const [start, end] = [edits[0].start, edits.at(-1)!.end];
  return kind !== 'draft' || draftCopy(map, start, end) !== null;
}

/** False where it does not after all, and nothing is written. */
async function writeAtOnce({ root, kind, browser }: Editor, map: TextMap, edits: TextEdit[]): Promise<boolean> {
  if (kind !== 'plain') return writeFragment(root, kind, map, edits);
  const lines = linesOf(root, map, edits, browser);
  const pieces = piecesOf(map, edits);
  if (!lines || !pieces) return false;
  selectPoints(root, pieces[0].points);
  await settled(root.ownerDocument.defaultView!);
  return writeHtml(root, lines.range, pieces, lines.inlineMeanwhile);
}

/** Null where they stand in one line, or would not be the same lines afterwards. */
function linesOf(root: Element, map: TextMap, edits: TextEdit[], browser: Browser): Lines | null {
  const [start, end] = [edits[0].start, edits.at(-1)!.end];
  const pieces = piecesOf(map, edits);
  if (!pieces || !map.text.slice(start, end).includes('\n')) return null;
  if (!edits.every((edit, index) => liesInText(edit, pieces[index].points))) return null;
  const [first, last] = [pieces[0].points.start, pieces.at(-1)!.points.end];
  return paragraphsRange(root, placeOf(map, start, first), placeOf(map, end, last), browser);
}

/** One after another, or all in one turn. */
async function writeEach(editor: Editor, map: TextMap, writes: TextEdit[]): Promise<number> {
  const { root, kind } = editor;
  const { way, together } = methodOf(editor, map, writes);
  const view = root.ownerDocument.defaultView!;
  let expected = map.text;
  let written: TextEdit[] = [];
  for (const group of way === 'html' ? [writes] : writes.map((each) => [each]).toReversed()) {
    const now = readTextMap(root);
    if ((!together || written.length === 0) && !isSame(kind, now.text, expected)) break;
    const pieces = piecesOf(now, group);
    if (!pieces) break;
    const [{ points, text }] = pieces;
    if (!together || written.length === 0) {
      // Many editors learn of the selection some time after it is made, and with it which formatting the text gets.
      selectPoints(root, points);
      await settled(view);
    }
    if (way === 'html') {
      const [first, last] = [points.start, pieces.at(-1)!.points.end];
      const { start } = group[0];
      writeHtml(root, lineRange(placeOf(now, start, first), placeOf(now, start, last)), pieces);
    } else writePiece(root, kind, way, points, text);
    written = [...written, ...group];
    if (!together) await settled(view);
    expected = applyEdits(expected, group);
  }
  return written.length === 0 ? 0 : stepsOf({ way, together }, written.length);
}

function stepsOfEach(editor: Editor, map: TextMap, writes: TextEdit[]): number {
  return stepsOf(methodOf(editor, map, writes), writes.length);
}

function methodOf({ kind, browser }: Editor, map: TextMap, writes: TextEdit[]): Method {
  return methodFor(kind, browser, shapeOf(map, writes));
}

/** Null where the page has no place for one of them. */
function piecesOf(map: TextMap, edits: TextEdit[]): Piece[] | null {
  const pieces = edits.map(({ start, end, replacement: text }) => ({ points: pointsOf(map, start, end), text }));
  return pieces.every((piece): piece is Piece => piece.points !== null) ? pieces : null;
}

/** A point of a text node that stands at the offset. */
function placeOf({ characters }: TextMap, offset: number, point: Point): Place {
  const { block } = characters.find(({ node }) => node === point.node)!;
  return { block, line: textsAround(characters, offset), point };
}

/** The text nodes of the line that an offset lies in. */
function textsAround(characters: readonly Character[], offset: number): Text[] {
  const isEnd = (at: number) => at < 0 || at >= characters.length || characters[at].breaks !== null;
  let [first, last] = [offset, offset];
  while (!isEnd(first - 1)) first -= 1;
  while (!isEnd(last)) last += 1;
  const texts = characters.slice(first, last).filter(({ breaks, island }) => !breaks && !island);
  return [...new Set(texts.map(({ node }) => node as Text))];
}
