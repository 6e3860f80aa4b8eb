// From offsets of a text to points of the page's tree, and back.
import type { Point, TextMap } from './text-map.ts';

export interface PointSpan {
  start: Point;
  end: Point;
}

/** What to select so that writing replaces just [start, end) of the text. Null where the page has no place for it. */
export function pointsOf(map: TextMap, start: number, end: number): PointSpan | null {
  const from = start === end ? caretAt(map, start) : (before(map, start) ?? after(map, start) ?? emptyLine(map, start));
  const to = start === end ? from : (after(map, end) ?? before(map, end) ?? emptyLine(map, end));
  return from && to && { start: from, end: to };
}

/** Where typing adds to what stands before, else to what stands after. */
function caretAt(map: TextMap, offset: number): Point | null {
  return after(map, offset) ?? before(map, offset) ?? emptyLine(map, offset);
}

/** Before the character at the offset; null where it is a break. */
function before({ characters }: TextMap, offset: number): Point | null {
  const next = characters.at(offset);
  if (offset >= characters.length || !next || next.breaks) return null;
  return next.island ? beside(next.island, 0) : { node: next.node, offset: next.offset };
}

/** After the character before the offset; null where it is a break. */
function after({ characters }: TextMap, offset: number): Point | null {
  const previous = offset > 0 ? characters[offset - 1] : undefined;
  if (!previous || previous.breaks) return null;
  return previous.island ? beside(previous.island, 1) : { node: previous.node, offset: previous.offset + 1 };
}

function emptyLine({ emptyLines }: TextMap, offset: number): Point | null {
  return emptyLines.get(offset) ?? null;
}

function beside(element: Element, shift: 0 | 1): Point {
  const parent = element.parentNode!;
  return { node: parent, offset: [...parent.childNodes].indexOf(element) + shift };
}

/** How much of the text stands before a point. */
export function offsetOf({ characters }: TextMap, point: Point): number {
  const { node, offset } = innermost(point);
  const range = node.ownerDocument!.createRange();
  range.setStart(node, offset);
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const character = characters[middle];
    const order = range.comparePoint(character.node, character.offset);
    // A break lies where its next line begins, and the caret there is behind it.
    if (order < 0 || (order === 0 && character.breaks)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same place, as deep in the tree as text is. */
function innermost({ node, offset }: Point): Point {
  let [at, index] = [node, offset];
  while (at.childNodes.length > index) [at, index] = [at.childNodes[index], 0];
  return { node: at, offset: index };
}
