// What has to be replaced so that the browser's insertHTML changes words in several paragraphs, or lines of one, and leaves the paragraphs
// as they are: whole ones, as measured in both browsers (docs/editors.md).
import { isFirefox, type Browser } from './ways.ts';
import { cleanCut, rangeBetween, type Place } from './write-html.ts';

export interface Lines {
  range: Range;
  /** Chromium joins what it takes in to the paragraphs at the ends of what it cuts, but for those that are inline meanwhile. */
  inlineMeanwhile: Element[];
}

/** Parts of a table, which stand nowhere else. */
const TABLE_PARTS = /^(table|thead|tbody|tfoot|tr|colgroup)$/;

/** Null where the browser would make something else of it. The places lie in different lines of `root`, an editing host. */
export function paragraphsRange(root: Element, first: Place, last: Place, browser: Browser): Lines | null {
  if (first.block === last.block) return cut(first, last);
  if (isFirefox(browser)) return { range: wholeBlocks(root, first.block, last.block), inlineMeanwhile: [] };
  if (first.block !== root) return last.block === root ? null : blocksAround(root, first.block, last.block);
  // A break that is cut off with the rest of its paragraph begins a paragraph.
  return last.block.parentElement === root && !root.querySelector(':scope > br') ? cut(first, last) : null;
}

function cut(first: Place, last: Place): Lines | null {
  const [from, to] = [cleanCut(first, -1), cleanCut(last, 1)];
  return from && to && { range: rangeBetween(from, to), inlineMeanwhile: [] };
}

/** Several blocks side by side, the two in or among them, with no bare text between or beside them: Chromium would join that, too. */
function blocksAround(root: Element, first: Element, last: Element): Lines | null {
  let around = commonAncestor(first, last);
  for (;;) {
    const blocks = TABLE_PARTS.test(around.localName) ? null : severalBlocks(around, first, last);
    if (blocks) return { range: rangeOver(...blocks), inlineMeanwhile: blocks };
    if (around === root) return null;
    around = around.parentElement!;
  }
}

/** The children of `around` that the two stand in; with a neighbour where it is one. */
function severalBlocks(around: Element, first: Element, last: Element): [from: Element, to: Element] | null {
  if (around === first || around === last) return null;
  const children = [...around.childNodes].filter(isShown);
  const [at, end] = [first, last].map((each) => children.findIndex((child) => child.contains(each)));
  const beside = children.slice(Math.max(0, at - 1), end + 2);
  if (!beside.every(isBlock)) return null;
  const isOne = at === end;
  const from = children[isOne && at > 0 ? at - 1 : at];
  const to = children.at(isOne && at === 0 ? end + 1 : end);
  return to ? [from as Element, to as Element] : null;
}

function isShown(node: Node): boolean {
  return node.nodeType === 1 || (node.nodeType === 3 && /\S/.test((node as Text).data));
}

function isBlock(node: Node): boolean {
  if (node.nodeType !== 1) return false;
  const { display } = node.ownerDocument!.defaultView!.getComputedStyle(node as Element);
  return !/^(inline|contents|ruby|none)/.test(display) && (node as HTMLElement).isContentEditable;
}

/** The two with all that stands between. With the last item of a list, all of the list: Firefox would leave it an empty one. */
function wholeBlocks(root: Element, first: Element, last: Element): Range {
  let around = commonAncestor(first, last);
  let [from, to] = [childOf(around, first, 'firstChild'), childOf(around, last, 'lastChild')];
  while (around !== root && !standsInside(around, from, to)) {
    from = to = around;
    around = around.parentElement!;
  }
  return rangeOver(from, to);
}

function commonAncestor(first: Element, last: Element): Element {
  let around = first;
  while (!around.contains(last)) around = around.parentElement!;
  return around;
}

/** The child of `around` that a node is or stands in; for `around` itself that one. */
function childOf(around: Node, node: Node, own: 'firstChild' | 'lastChild'): Node {
  if (node === around) return node[own]!;
  let child = node;
  while (child.parentNode !== around) child = child.parentNode!;
  return child;
}

function rangeOver(from: Node, to: Node): Range {
  const range = from.ownerDocument!.createRange();
  range.setStartBefore(from);
  range.setEndAfter(to);
  return range;
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
