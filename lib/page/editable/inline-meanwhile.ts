// Has the browser take blocks for inline while it edits: then it leaves nothing of them, as of a bold word, where it joins other blocks to
// what it leaves of the first. For Chromium alone.
import type { PointSpan } from './text-points.ts';

/** False, with nothing done, where the page does not let it. The page sees no change: nothing is drawn meanwhile, no attribute is set. */
export function whileInline(blocks: Element[], edit: () => void): boolean {
  // By animations, which belong to these elements only, not to those that come instead.
  const shown = blocks
    .flatMap((block) => [block, ...block.querySelectorAll('*')])
    .map((each) =>
      each.animate({ display: ['inline', 'inline'] }, { duration: 1, iterations: Infinity, fill: 'both' }),
    );
  try {
    if (!blocks.every((block) => block.ownerDocument.defaultView!.getComputedStyle(block).display === 'inline'))
      return false;
    edit();
    return true;
  } finally {
    for (const animation of shown) animation.cancel();
  }
}

/** From its first text to its last, for a range of whole blocks: what Chromium selects between them may be the next one. */
export function innerEnds({ startContainer, startOffset, endContainer, endOffset }: Range): PointSpan {
  const leaves = [...startContainer.childNodes]
    .slice(startOffset, endContainer === startContainer ? endOffset : 0)
    .flatMap(leavesIn);
  const first = leaves.find((leaf) => !isBlank(leaf))!;
  const last = leaves.at(-1)!;
  const end = last.nodeName === 'BR' ? leaves.findLast((leaf) => leaf.nodeType === 3 && !isBlank(leaf))! : last;
  return { start: pointAt(first, 0), end: pointAt(end, 1) };
}

/** Texts and all that has no content of its own to edit. */
function leavesIn(node: Node): Node[] {
  const isOne = !node.hasChildNodes() || (node as Partial<HTMLElement>).isContentEditable === false;
  return isOne ? [node] : [...node.childNodes].flatMap(leavesIn);
}

function isBlank(leaf: Node): boolean {
  return leaf.nodeType === 8 || (leaf.nodeType === 3 && !/\S/.test((leaf as Text).data));
}

/** Before or after it. */
function pointAt(leaf: Node, side: 0 | 1): PointSpan['start'] {
  if (leaf.nodeType === 3) return { node: leaf, offset: side * (leaf as Text).length };
  const parent = leaf.parentNode!;
  return { node: parent, offset: [...parent.childNodes].indexOf(leaf as ChildNode) + side };
}
