// Writes several pieces of text at once, with the formatting between them as it is: one step of the browser's own undo.
import { selectPoints } from './selected.ts';
import type { Point } from './text-map.ts';
import type { PointSpan } from './text-points.ts';
import { innerEnds, whileInline } from './inline-meanwhile.ts';
import { command } from './writing.ts';

export interface Piece {
  /** Both points in the same text node. */
  points: PointSpan;
  text: string;
}

/** A place in one line: its paragraph, the line's text nodes, and the point in one of these. */
export interface Place {
  block: Element;
  line: Text[];
  point: Point;
}

/** The line around the pieces, which are ascending and lie between the two places, from where it may be cut. */
export function lineRange(first: Place, last: Place): Range {
  return rangeBetween(cleanCut(first, -1) ?? lineEnd(first.line, -1), cleanCut(last, 1) ?? lineEnd(last.line, 1));
}

/**
 * Replaces the range by what stands in it, with the pieces in it; what is to be `inlineMeanwhile` are blocks at its ends. False where HTML
 * does not say that: then nothing is written.
 */
export function writeHtml(root: HTMLElement, range: Range, pieces: Piece[], inlineMeanwhile: Element[] = []): boolean {
  const html = htmlWith(range, pieces);
  if (html === null) return false;
  const { startContainer, startOffset, endContainer, endOffset } = range;
  const ends = {
    start: { node: startContainer, offset: startOffset },
    end: { node: endContainer, offset: endOffset },
  };
  return whileInline(inlineMeanwhile, () => {
    selectPoints(root, inlineMeanwhile.length > 0 ? innerEnds(range) : ends);
    command(root.ownerDocument, 'insertHTML', html);
  });
}

function htmlWith(range: Range, pieces: Piece[]): string | null {
  const document = range.startContainer.ownerDocument!;
  const holder = document.createElement('div');
  const texts = textsIn(range);
  holder.append(range.cloneContents());
  const copies = textsIn(rangeOver(holder));
  for (const { points, text } of pieces.toReversed()) {
    const node = points.start.node as Text;
    const before = node === range.startContainer ? range.startOffset : 0;
    const copy = copies[texts.indexOf(node)];
    copy.replaceData(points.start.offset - before, points.end.offset - points.start.offset, text);
  }
  holder.normalize();
  // What a page has built by script may be something else once it is read as HTML.
  const html = holder.innerHTML;
  const { body } = new DOMParser().parseFromString(`<body><div>${html}</div>`, 'text/html');
  return body.childNodes.length === 1 && body.firstChild!.isEqualNode(holder) ? html : null;
}

/**
 * The nearest place between two letters of one node outside of all formatting; null where the line has none. Beside a space, browsers
 * make a no-break space of it; in a link, they make two of it.
 */
export function cleanCut({ block, line, point }: Place, step: -1 | 1): Point | null {
  let [index, at] = [line.indexOf(point.node as Text), point.offset];
  for (;;) {
    const { data, length } = line[index];
    const isPlain = line[index].parentElement === block;
    if (isPlain && at > 0 && at < length && !/\s/.test(data.slice(at - 1, at + 1)))
      return { node: line[index], offset: at };
    at += step;
    if (at >= 0 && at <= length) continue;
    if (!(index + step in line)) return null;
    index += step;
    at = step < 0 ? line[index].length : 0;
  }
}

export function lineEnd(line: Text[], step: -1 | 1): Point {
  return step < 0 ? { node: line[0], offset: 0 } : { node: line.at(-1)!, offset: line.at(-1)!.length };
}

export function rangeBetween(start: Point, end: Point): Range {
  const range = start.node.ownerDocument!.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

function rangeOver(element: Element): Range {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return range;
}

function textsIn(range: Range): Text[] {
  const { commonAncestorContainer: common } = range;
  if (common.nodeType === 3) return [common as Text];
  const walker = range.startContainer.ownerDocument!.createTreeWalker(common, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (range.intersectsNode(node)) texts.push(node as Text);
  }
  return texts;
}
