// The translation in the place of the text: the page's elements stay the same nodes in the same parents, and listeners,
// focus and form state with them. Only text changes, and the order of the elements where the translation wants another.

import type { Translation } from '../../protocol.ts';
import type { Arrangement, Gap } from './arrange.ts';
import { arrange } from './arrange.ts';
import type { Run } from './inline-run.ts';
import { nodeOf } from './inline-run.ts';
import { reorder } from './reorder.ts';
import { RunState } from './run-state.ts';
import { setAttribute } from './set-attribute.ts';
import type { Shown, WrittenText } from './shown.ts';
import { rangeOf } from './shown.ts';
import { isShadowRoot } from './tree.ts';

/** Where the text of a parent begins and ends: the nodes around it, null at the parent's own ends. */
interface Bounds {
  before: ChildNode | null;
  after: ChildNode | null;
}

/** `original` holds. `direction` is for text that runs the other way than its block does. */
export function showInstead(
  run: Run,
  original: RunState,
  translation: Translation,
  direction: 'ltr' | 'rtl' | null,
): Shown {
  const bounds = { before: nodeOf(run.children[0]).previousSibling, after: nodeOf(run.children.at(-1)!).nextSibling };
  const arrangements = arrange(run, translation);
  const [outermost] = arrangements;
  keepEdges(run, outermost.gaps);
  const written: WrittenText[] = [];
  for (const arrangement of arrangements) {
    const isRun = arrangement.parent.kind === 'run';
    write(arrangement, isRun ? bounds : { before: null, after: null }, written);
  }
  const now = RunState.of(run, bounds.before, bounds.after);
  const undoDirection = direction && !isShadowRoot(run.parent) ? setAttribute(run.parent, 'dir', direction) : null;
  written.sort((a, b) => a.start - b.start);
  return {
    place: 'instead',
    isIntact: () => now.holds(),
    undo: () => {
      original.putBack(now);
      undoDirection?.();
    },
    owns: (node) => now.owns(node),
    rangeOf: (start, end) => rangeOf(written, start, end),
  };
}

/** White space at the ends of the run parts it from what stands around it. */
function keepEdges(run: Run, gaps: Gap[]): void {
  const first = run.children[0];
  const last = run.children.at(-1)!;
  if (first.kind === 'text') {
    const space = /^\s*/.exec(first.node.data)![0];
    gaps[0].text = space + gaps[0].text;
    gaps[0].lead += space.length;
  }
  if (last.kind === 'text') gaps.at(-1)!.text += /\s*$/.exec(last.node.data)![0];
}

function write({ parent, order, gaps }: Arrangement, { before, after }: Bounds, written: WrittenText[]): void {
  const element = parent.kind === 'run' ? parent.parent : parent.element;
  const elements = order.map((child) => child.element);
  reorder(element, elements);

  const leaves = new Set<Node>(parent.children.map(nodeOf));
  const texts: Text[][] = gaps.map(() => []);
  let at = 0;
  for (let node = before ? before.nextSibling : element.firstChild; node && node !== after; node = node.nextSibling) {
    if (node === elements.at(at)) at += 1;
    else if (leaves.has(node)) texts[at].push(node as Text);
  }
  gaps.forEach((gap, index) => {
    const node = fill(texts[index], gap.text);
    if (node) written.push(placeOf(gap, node));
    else if (gap.text !== '') {
      const added = element.ownerDocument.createTextNode(gap.text);
      element.insertBefore(added, elements.at(index) ?? after);
      written.push(placeOf(gap, added));
    }
  });
}

/** The page may hold on to its text nodes: those that are not needed stay, empty. */
function fill(nodes: Text[], text: string): Text | null {
  if (nodes.length === 0) return null;
  const chosen = nodes.find(({ data }) => /\S/.test(data)) ?? nodes[0];
  for (const node of nodes) {
    const data = node === chosen ? text : '';
    if (node.data !== data) node.data = data;
  }
  return chosen;
}

function placeOf({ text, start, lead }: Gap, node: Text): WrittenText {
  return { node, start, end: start + text.length - lead, lead };
}
