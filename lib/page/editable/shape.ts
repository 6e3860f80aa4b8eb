// What edits are like, as far as it decides how they are written (ways.ts).
import { marksOf } from './formatting.ts';
import type { TextEdit } from './target.ts';
import type { Character, TextMap } from './text-map.ts';
import { pointsOf, type PointSpan } from './text-points.ts';
import { TYPED_AT_ONCE, type Shape } from './ways.ts';

/** Of ascending edits; there is one at least. */
export function shapeOf(map: TextMap, edits: TextEdit[]): Shape {
  return {
    several: edits.length > 1,
    inLine: edits.every((each) => liesInText(each, pointsOf(map, each.start, each.end))),
    hasBreaks: edits.some(({ replacement }) => replacement.includes('\n')),
    emptiesNode: edits.some((each) => emptiesNode(map, each)),
    besideBreak: breakAfter(map, edits.at(-1)!.end) === 'line' || breakBefore(map, edits[0].start) === 'line',
    isTypedAtOnce: isTypedAtOnce(map, edits),
  };
}

/** How the line ends that an offset lies in; null at the end of the text. */
function breakAfter({ characters }: TextMap, offset: number): Character['breaks'] {
  return characters.slice(offset).find(({ breaks }) => breaks)?.breaks ?? null;
}

function breakBefore({ characters }: TextMap, offset: number): Character['breaks'] {
  return characters.slice(0, offset).findLast(({ breaks }) => breaks)?.breaks ?? null;
}

function isTypedAtOnce(map: TextMap, edits: TextEdit[]): boolean {
  const marks = marksOf(map);
  const formatting = edits.map(({ start, end }) => marks[start < end ? start : Math.max(0, start - 1)].join());
  const letters = edits.slice(1).reduce((sum, { replacement }) => sum + replacement.length, 0);
  return letters < TYPED_AT_ONCE && formatting.every((each) => each === formatting[0]);
}

/** Whether a write stays within one text node and leaves something of it. */
export function liesInText({ start, end, replacement }: TextEdit, points: PointSpan | null): boolean {
  const node = points?.start.node;
  if (node?.nodeType !== 3 || points?.end.node !== node || replacement.includes('\n')) return false;
  return replacement !== '' || end - start < (node as Text).length;
}

function emptiesNode({ characters }: TextMap, { start, end }: TextEdit): boolean {
  return end > start && end - start === (characters[start].node as Text).length;
}
