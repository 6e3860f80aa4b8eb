// What is translated as one text, and how it stands in the page.

import type { MarkedText, Translation } from '../../protocol.ts';
import type { Run } from './inline-run.ts';
import { nodeOf } from './inline-run.ts';
import { hasNoRoom } from './no-room.ts';
import { keyOf, saysTheSame, serialize } from './marked-text.ts';
import { RunState } from './run-state.ts';
import type { Shown } from './shown.ts';
import type { Part } from './split.ts';
import { elementOf } from './tree.ts';

export interface Passage {
  /** Whose reading found it. */
  readonly block: Element | ShadowRoot;
  readonly run: Run;
  readonly source: MarkedText;
  /** Equal for passages that are translated alike. */
  readonly key: string;
  /** The run as the page made it. */
  readonly original: RunState;
  /** Of the page's passages as they were found. */
  readonly order: number;
  /** The nearest element around it that has a box: what the window comes near to. */
  readonly box: Element;
  /** A button, an entry of a menu, a line that is cut off: there is no room for a second line. */
  readonly isLabel: boolean;
  /** A translation beside it follows this node. */
  readonly lineEnd: Node;
  translation: Translation | null;
  shown: Shown | null;
  /** What of the page is underlined as left in the original. */
  kept: StaticRange[];
}

let made = 0;

/** Null for what says the same in every language, and for what the page has moved since it was read. */
export function makePassage(part: Part, block: Element | ShadowRoot): Passage | null {
  const { run } = part;
  if (!isInPlace(run)) return null;
  const source = serialize(run);
  if (saysTheSame(source.text)) return null;
  const original = RunState.of(run, nodeOf(run.children[0]).previousSibling, nodeOf(run.children.at(-1)!).nextSibling);
  return {
    block,
    run,
    source,
    key: keyOf(source),
    original,
    order: made++,
    box: boxOf(run.parent),
    isLabel: hasNoRoom(part, source.text, block),
    lineEnd: part.lineEnd,
    translation: null,
    shown: null,
    kept: [],
  };
}

function isInPlace({ parent, children }: Run): boolean {
  let node = nodeOf(children[0]) as Node | null;
  if (node?.parentNode !== parent) return false;
  for (const child of children) {
    while (node && node !== nodeOf(child)) node = node.nextSibling;
  }
  return node !== null;
}

/** `display: contents` and the entries of a closed list have none. */
function boxOf(parent: Element | ShadowRoot): Element {
  let element = elementOf(parent);
  element = element.closest('select') ?? element;
  while (getComputedStyle(element).display === 'contents' && element.parentNode) {
    element = elementOf(element.parentNode as Element | ShadowRoot);
  }
  return element;
}
