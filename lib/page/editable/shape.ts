// What edits are like, as far as it decides how they are written (ways.ts).
import type { TextEdit } from './target.ts';
import type { Character, TextMap } from './text-map.ts';
import { pointsOf, type PointSpan } from './text-points.ts';
import type { Shape } from './ways.ts';

/** Of ascending edits; there is one at least. */
export function shapeOf(map: TextMap, edits: TextEdit[]): Shape {
  return {
    several: edits.length > 1,
    inLine: edits.every((each) => liesInText(each, pointsOf(map, each.start, each.end))),
    hasBreaks: edits.some(({ replacement }) => replacement.includes('\n')),
    emptiesNode: edits.some((each) => emptiesNode(map, each)),
    besideBreak: breakAfter(map, edits.at(-1)!.end) === 'line' || breakBefore(map, edits[0].start) === 'line',
  };
}

/** How the line ends that an offset lies in; null at the end of the text. */
function breakAfter({ characters }: TextMap, offset: number): Character['breaks'] {
  return characters.slice(offset).find(({ breaks }) => breaks)?.breaks ?? null;
}

function breakBefore({ characters }: TextMap, offset: number): Character['breaks'] {
  return characters.slice(0, offset).findLast(({ breaks }) => breaks)?.breaks ?? null;
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
