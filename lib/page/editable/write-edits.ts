// Puts edits into an editor: as few steps as its ways allow, the last one first. Whether it took them is for apply-rich.ts to see.
import type { EditorKind } from './editors.ts';
import { groupsOf } from './plan-writes.ts';
import { isSame } from './same-text.ts';
import { selectPoints } from './selected.ts';
import { shapeOf } from './shape.ts';
import { applyEdits } from './target.ts';
import type { TextEdit } from './target.ts';
import { readTextMap, type TextMap } from './text-map.ts';
import { pointsOf, type PointSpan } from './text-points.ts';
import { methodFor, partFor, takesFragments, type Browser } from './ways.ts';
import { writeFragment } from './write-fragment.ts';
import { writeHtml } from './write-html.ts';
import { writePiece } from './write-rich.ts';
import { settled } from './writing.ts';

/** How many steps of undo that may have been. */
export async function writeEdits(
  root: HTMLElement,
  map: TextMap,
  writes: TextEdit[],
  kind: EditorKind,
  browser: Browser,
): Promise<number> {
  let expected = map.text;
  let steps = 0;
  // From the last to the first, so that the offsets of those to come still hold.
  for (const group of groupsOf(map, writes, partFor(kind)).toReversed()) {
    const now = readTextMap(root);
    // The editor has made something else of what came before: nothing on top of it.
    if (!isSame(kind, now.text, expected)) break;
    const isWhole = group.length > 1 && takesFragments(kind, browser) && (await writeFragment(root, kind, now, group));
    steps += isWhole ? 1 : await writeEach(root, now, group, kind, browser);
    await settled(root.ownerDocument.defaultView!);
    expected = applyEdits(expected, group);
  }
  return steps;
}

/** One after another, or all in one turn. */
async function writeEach(
  root: HTMLElement,
  map: TextMap,
  writes: TextEdit[],
  kind: EditorKind,
  browser: Browser,
): Promise<number> {
  const { way, together } = methodFor(kind, browser, shapeOf(map, writes));
  let expected = map.text;
  let steps = 0;
  for (const group of way === 'html' ? [writes] : writes.map((each) => [each]).toReversed()) {
    const now = readTextMap(root);
    if ((!together || steps === 0) && !isSame(kind, now.text, expected)) break;
    const pieces = group.map(({ start, end, replacement: text }) => ({ points: pointsOf(now, start, end), text }));
    const placed = pieces.filter((piece): piece is { points: PointSpan; text: string } => piece.points !== null);
    if (placed.length < pieces.length) break;
    if (!together || steps === 0) {
      // Many editors learn of the selection some time after it is made, and with it which formatting the text gets.
      selectPoints(root, placed[0].points);
      await settled(root.ownerDocument.defaultView!);
    }
    if (way === 'html') writeHtml(root, blockAt(now, group[0].start), textsAround(now, group[0].start), placed);
    else writePiece(root, kind, way, placed[0].points, placed[0].text);
    steps += 1;
    if (!together) await settled(root.ownerDocument.defaultView!);
    expected = applyEdits(expected, group);
  }
  return steps;
}

/** The paragraph that an offset lies in. */
function blockAt({ characters }: TextMap, offset: number): Element {
  return characters[Math.min(offset, characters.length - 1)].block;
}

/** The text nodes of the line that an offset lies in. */
function textsAround({ characters }: TextMap, offset: number): Text[] {
  const isEnd = (at: number) => at < 0 || at >= characters.length || characters[at].breaks !== null;
  let [first, last] = [offset, offset];
  while (!isEnd(first - 1)) first -= 1;
  while (!isEnd(last)) last += 1;
  const texts = characters.slice(first, last).filter(({ breaks, island }) => !breaks && !island);
  return [...new Set(texts.map(({ node }) => node as Text))];
}
