// Writes several pieces of one paragraph at once, with the formatting between them as it is: one step of the browser's own undo.
import { selectPoints } from './selected.ts';
import type { Point } from './text-map.ts';
import type { PointSpan } from './text-points.ts';
import { command } from './writing.ts';

export interface Piece {
  /** Both points in the same text node. */
  points: PointSpan;
  text: string;
}

/** The pieces, ascending, lie in one line of a block; `line` are the line's text nodes. */
export function writeHtml(root: HTMLElement, block: Element, line: Text[], pieces: Piece[]): void {
  const document = root.ownerDocument;
  const range = document.createRange();
  const first = cleanCut(block, line, pieces[0].points.start, -1);
  const last = cleanCut(block, line, pieces.at(-1)!.points.end, 1);
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset);
  const holder = document.createElement('div');
  const texts = textsIn(range);
  holder.append(range.cloneContents());
  const copies = textsIn(rangeOver(holder));
  for (const { points, text } of pieces.toReversed()) {
    const index = texts.indexOf(points.start.node as Text);
    const before = index === 0 ? range.startOffset : 0;
    copies[index].replaceData(points.start.offset - before, points.end.offset - points.start.offset, text);
  }
  selectPoints(root, {
    start: { node: range.startContainer, offset: range.startOffset },
    end: { node: range.endContainer, offset: range.endOffset },
  });
  command(document, 'insertHTML', holder.innerHTML);
}

/**
 * The nearest place between two letters of one node outside of all formatting, else the line's end. Beside a space, browsers make a
 * no-break space of it; in a link, they make two of it.
 */
function cleanCut(block: Element, line: Text[], { node, offset }: Point, step: -1 | 1): Point {
  let [index, at] = [line.indexOf(node as Text), offset];
  for (;;) {
    const { data, length } = line[index];
    const isPlain = line[index].parentElement === block;
    if (isPlain && at > 0 && at < length && !/\s/.test(data.slice(at - 1, at + 1)))
      return { node: line[index], offset: at };
    at += step;
    if (at >= 0 && at <= length) continue;
    if (!(index + step in line)) return { node: line[index], offset: step < 0 ? 0 : length };
    index += step;
    at = step < 0 ? line[index].length : 0;
  }
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
