// The blocks of the page and the passages in them: read once, and again when the page has changed them.

import { descendants } from './inline-run.ts';
import type { Run } from './inline-run.ts';
import type { Languages } from './left-alone.ts';
import { makePassage } from './passage.ts';
import type { Passage } from './passage.ts';
import { BlockScanner } from './scan.ts';
import type { BlockContent } from './scan.ts';
import { splitRun } from './split.ts';
import type { Work } from './time-slices.ts';
import { outerOf } from './tree.ts';

export type Block = Element | ShadowRoot;

export interface BlockListener {
  /** A block to read, before those that it was told of earlier. */
  onBlock(block: Block): void;
  onPassage(passage: Passage): void;
  /** The passage is no more, because the page has changed it: its translation has to be taken out of the page. */
  onLost(passage: Passage): void;
  /** Has no box by now. */
  onAbsent(element: Element): void;
  /** May get a shadow tree. */
  onUndefined(element: Element): void;
}

interface BlockState {
  passages: Set<Passage>;
  /** How often of late the page has taken out the translation of a text and said the same again. */
  undone: Map<string, { times: number; lastMs: number }>;
}

/** A page that takes translations out again and again does not want them. */
const MAX_UNDONE = 30;
const UNDONE_FORGOTTEN_AFTER_MS = 10_000;
/** Passages of a line that the page goes on writing are read anew together with it. */
const MAX_READINGS = 3;
const NODES_PER_STEP = 100;

export class Blocks {
  private readonly scanner: BlockScanner;
  private states = new WeakMap<Node, BlockState>();
  /** Elements that are not read, or not yet: changes in them are none of ours. */
  private readonly unread = new WeakSet<Node>();
  private readonly owners = new WeakMap<Text, Passage>();
  /** Text that is not translated as long as it says this. */
  private readonly settled = new WeakMap<Text, string>();

  constructor(
    languages: Languages,
    private readonly listener: BlockListener,
  ) {
    this.scanner = new BlockScanner(languages);
  }

  /** Has the block read, unless it was. */
  add(block: Block): void {
    if (this.states.has(block)) return;
    this.states.set(block, { passages: new Set(), undone: new Map() });
    this.unread.delete(block);
    this.listener.onBlock(block);
  }

  /** The block that has to be read again when `node` has changed; null where nothing has to. */
  around(node: Node): Block | null {
    for (let at: Node | null = node; at; at = outerOf(at)) {
      if (this.unread.has(at)) return null;
      if (this.states.has(at)) return at as Block;
    }
    return null;
  }

  /** The element has a box now. Returns the node that has changed by that. */
  appear(element: Element): Node {
    this.unread.delete(element);
    return element.parentNode ?? element;
  }

  /** `element` is to be judged anew, with all in it and the line that it stands in. Returns the node that has changed by that. */
  forget(element: Element): Node {
    const outer = element.parentNode ?? element;
    const block = this.around(outer);
    for (const passage of (block && this.states.get(block)?.passages) ?? []) this.leave(passage);
    for (const each of [element, ...element.querySelectorAll('*')]) {
      for (const passage of this.states.get(each)?.passages ?? []) this.leave(passage);
      this.states.delete(each);
      this.unread.delete(each);
      this.scanner.forget(each);
    }
    return outer;
  }

  /** All that is known of `root`, which is in the page no more, and of what is in it. */
  *drop(root: Node): Work {
    const stack = [root];
    for (let node = stack.pop(), count = 1; node; node = stack.pop(), count++) {
      for (const passage of this.states.get(node)?.passages ?? []) this.leave(passage);
      this.states.delete(node);
      this.unread.delete(node);
      const { shadowRoot } = node as Partial<Element>;
      if (shadowRoot) stack.push(shadowRoot);
      for (let child = node.lastChild; child; child = child.previousSibling) stack.push(child);
      if (count % NODES_PER_STEP === 0) yield;
    }
  }

  /** Reads the block: what it says anew becomes passages, those that the page has changed are lost. */
  *read(block: Block): Work {
    const state = this.states.get(block);
    if (!state || !block.isConnected) return;
    for (const passage of state.passages) if (!isIntact(passage)) this.lose(passage, state);
    for (let reading = 0; reading < MAX_READINGS; reading++) {
      const content = yield* this.scanner.scan(block);
      this.addContent(content);
      const grown = content.runs.filter((run) => !this.addRun(run, block, state));
      for (const run of grown) for (const passage of this.ownersOf(run, state)) this.lose(passage, state);
      if (grown.length === 0) return;
      yield;
    }
  }

  private leave(passage: Passage): void {
    this.states.get(passage.block)?.passages.delete(passage);
    this.listener.onLost(passage);
  }

  private addContent({ blocks, absent, alone, undefinedElements }: BlockContent): void {
    for (const element of alone) this.unread.add(element);
    for (const element of absent) {
      this.unread.add(element);
      this.listener.onAbsent(element);
    }
    for (const inner of blocks.toReversed()) this.add(inner);
    for (const element of undefinedElements) this.listener.onUndefined(element);
  }

  /** False where the page has added to passages that stand already. */
  private addRun(run: Run, block: Block, state: BlockState): boolean {
    let isNew = false;
    for (const child of descendants(run)) {
      if (child.kind !== 'text' || !/\p{L}/u.test(child.node.data)) continue;
      const owner = this.owners.get(child.node);
      isNew ||= !(owner && state.passages.has(owner)) && this.settled.get(child.node) !== child.node.data;
    }
    if (!isNew) return true;
    if (this.ownersOf(run, state).size > 0) return false;
    for (const part of splitRun(run)) {
      const passage = makePassage(part, block);
      const isWanted = passage && (state.undone.get(passage.key)?.times ?? 0) < MAX_UNDONE;
      for (const child of descendants(part.run)) {
        if (child.kind !== 'text') continue;
        if (isWanted) this.owners.set(child.node, passage);
        else this.settled.set(child.node, child.node.data);
      }
      if (!isWanted) continue;
      state.passages.add(passage);
      this.listener.onPassage(passage);
    }
    return true;
  }

  private ownersOf(run: Run, state: BlockState): Set<Passage> {
    const owners = new Set<Passage>();
    for (const child of descendants(run)) {
      const owner = child.kind === 'text' ? this.owners.get(child.node) : undefined;
      if (owner && state.passages.has(owner)) owners.add(owner);
    }
    return owners;
  }

  private lose(passage: Passage, state: BlockState): void {
    state.passages.delete(passage);
    if (passage.shown) {
      const now = performance.now();
      const last = state.undone.get(passage.key);
      const isRecent = last && now - last.lastMs < UNDONE_FORGOTTEN_AFTER_MS;
      state.undone.set(passage.key, { times: isRecent ? last.times + 1 : 1, lastMs: now });
    }
    this.listener.onLost(passage);
  }
}

function isIntact({ shown, original }: Passage): boolean {
  return shown ? shown.isIntact() : original.holds();
}
