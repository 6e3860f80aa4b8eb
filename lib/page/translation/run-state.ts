// How the nodes of a run stood at some moment: whether they still do, and putting them back.

import type { Run } from './inline-run.ts';
import { descendants } from './inline-run.ts';
import { reorder } from './reorder.ts';

interface Siblings {
  parent: Node;
  nodes: ChildNode[];
  /** All the children that the parent had, not a run among others. */
  isAll: boolean;
}

const TEXT_NODE = 3;

export class RunState {
  private constructor(
    private readonly siblings: Siblings[],
    private readonly texts: Map<Text, string>,
  ) {}

  /** As it is now, of the run that begins after `before` and ends before `after` (its parent's ends where null). */
  static of(run: Run, before: ChildNode | null, after: ChildNode | null): RunState {
    const siblings: Siblings[] = [];
    const texts = new Map<Text, string>();
    const add = (parent: Node, first: ChildNode | null, end: ChildNode | null, isAll: boolean) => {
      const nodes: ChildNode[] = [];
      for (let node = first; node && node !== end; node = node.nextSibling) {
        nodes.push(node);
        if (node.nodeType === TEXT_NODE) texts.set(node as Text, (node as Text).data);
      }
      siblings.push({ parent, nodes, isAll });
    };
    add(run.parent, before ? before.nextSibling : run.parent.firstChild, after, false);
    for (const child of descendants(run)) {
      if (child.kind === 'inline') add(child.element, child.element.firstChild, null, true);
    }
    return new RunState(siblings, texts);
  }

  /** Nobody has changed a text, or put in, taken out or moved a node. */
  holds(): boolean {
    for (const [text, data] of this.texts) if (text.data !== data) return false;
    return this.siblings.every(({ parent, nodes, isAll }) => {
      if (nodes.length === 0) return !isAll || parent.firstChild === null;
      if (nodes[0].parentNode !== parent || (isAll && nodes[0].previousSibling)) return false;
      for (let at = 1; at < nodes.length; at++) if (nodes[at - 1].nextSibling !== nodes[at]) return false;
      return !isAll || nodes.at(-1)!.nextSibling === null;
    });
  }

  owns(node: Node): boolean {
    return this.texts.has(node as Text) || this.siblings.some(({ parent }) => parent === node);
  }

  /** From its first to its last text; null where it has none. */
  range(): StaticRange | null {
    const texts = [...this.texts.keys()].filter(({ data }) => /\S/.test(data));
    const [first, last] = [texts.at(0), texts.at(-1)];
    if (!first || !last) return null;
    return new StaticRange({ startContainer: first, startOffset: 0, endContainer: last, endOffset: last.data.length });
  }

  /** From `now`, which we made of this state. What the page has changed since stays as the page wants it. */
  putBack(now: RunState): void {
    for (const [text, data] of now.texts) {
      const before = this.texts.get(text);
      if (text.data !== data) continue;
      if (before === undefined) text.remove();
      else if (before !== data) text.data = before;
    }
    for (const { parent, nodes } of this.siblings) {
      reorder(
        parent,
        nodes.filter((node) => node.parentNode === parent),
      );
    }
  }
}
