// What has to be replaced so that the browser's insertHTML changes words in several paragraphs, or lines of one, and leaves the paragraphs
// as they are. Measured in both browsers: Chromium joins the first and the last of them to what it cuts, Firefox never does.
import { isFirefox, type Browser } from './ways.ts';
import type { Point } from './text-map.ts';
import { cleanCut, lineEnd, rangeBetween, type Place } from './write-html.ts';

/** Those that Chromium puts together again. */
const JOINED = /^(p|div|h[1-6])$/;

/** Null where the browser would make something else of it. The places lie in different lines of `root`, an editing host. */
export function paragraphsRange(root: Element, first: Place, last: Place, browser: Browser): Range | null {
  const [from, to] = [cleanCut(first, -1), cleanCut(last, 1)];
  if (first.block === last.block) return between(from, to);
  if (isFirefox(browser)) return wholeBlocks(root, first.block, last.block);
  const names = [first.block, last.block].map(({ localName }) => localName);
  const areSiblings = first.block.parentElement === last.block.parentElement;
  const ends: [Point | null, Point | null] = [edgeOf(first, -1), edgeOf(last, 1)];
  if (areSiblings && names.every((name) => name === 'li')) return between(...ends);
  const begins = first.block === root && last.block.parentElement === root;
  if (!begins && !(areSiblings && names.every((name) => JOINED.test(name)))) return null;
  // A break that is cut off with the rest of its paragraph begins a paragraph.
  if (first.block.querySelector(begins ? ':scope > br' : 'br')) return null;
  return names.every((name) => name === 'p') ? between(from ?? ends[0], to ?? ends[1]) : between(from, to);
}

function between(from: Point | null, to: Point | null): Range | null {
  return from && to && rangeBetween(from, to);
}

/** Where the first or the last line's text is all that its paragraph begins or ends with. */
function edgeOf({ block, line }: Place, step: -1 | 1): Point | null {
  const end = lineEnd(line, step);
  return leafOf(block, step < 0 ? 'firstChild' : 'lastChild') === end.node ? end : null;
}

function leafOf(node: Node, step: 'firstChild' | 'lastChild'): Node {
  const child = node[step];
  return child ? leafOf(child, step) : node;
}

/** The two with all that stands between. With the last item of a list, all of the list: Firefox would leave it an empty one. */
function wholeBlocks(root: Element, first: Element, last: Element): Range {
  const range = root.ownerDocument.createRange();
  range.setStart(first, 0);
  range.setEnd(last, 0);
  let around = range.commonAncestorContainer;
  let [from, to] = [childOf(around, first, 'firstChild'), childOf(around, last, 'lastChild')];
  while (around !== root && !standsInside(around, from, to)) {
    from = to = around;
    around = around.parentNode!;
  }
  range.setStartBefore(from);
  range.setEndAfter(to);
  return range;
}

/** The child of `around` that a node is or stands in; for `around` itself that one. */
function childOf(around: Node, node: Node, own: 'firstChild' | 'lastChild'): Node {
  if (node === around) return node[own]!;
  let child = node;
  while (child.parentNode !== around) child = child.parentNode!;
  return child;
}

/** Other elements stand on both sides. */
function standsInside(parent: Node, from: Node, to: Node): boolean {
  const isElement = ({ nodeType }: Node) => nodeType === 1;
  const children = [...parent.childNodes] as Node[];
  return (
    children.slice(0, children.indexOf(from)).some(isElement) &&
    children.slice(children.indexOf(to) + 1).some(isElement)
  );
}
