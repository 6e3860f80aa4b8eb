// Writes several pieces of one paragraph at once, with the formatting between them as it is: one step of the browser's own undo.
import { selectPoints } from './selected.ts';
import type { PointSpan } from './text-points.ts';
import { command } from './writing.ts';

export interface Piece {
  /** Both points in the same text node. */
  points: PointSpan;
  text: string;
}

/** The pieces, ascending, lie in one block. */
export function writeHtml(root: HTMLElement, pieces: Piece[]): void {
  const document = root.ownerDocument;
  const range = document.createRange();
  const [first, last] = [pieces[0].points.start, pieces.at(-1)!.points.end];
  range.setStart(first.node, cleanCut(first.node as Text, first.offset, -1));
  range.setEnd(last.node, cleanCut(last.node as Text, last.offset, 1));
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

/** The nearest place between two letters, or the node's end: beside a space, browsers make a no-break space of it. */
function cleanCut(node: Text, offset: number, step: -1 | 1): number {
  const isClean = (at: number) => at <= 0 || at >= node.length || !/\s/.test(node.data.slice(at - 1, at + 1));
  let at = offset;
  while (!isClean(at)) at += step;
  return at;
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
