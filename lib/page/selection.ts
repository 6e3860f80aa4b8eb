// The text that is selected in this document: as it stands in the page, with its line breaks, also in text fields and
// shadow roots. Reads only; frames are asked one by one by whoever runs in them.

import type { Article, Block } from '../article.ts';
import { readMetadata } from './metadata.ts';
import { readBlocks } from './read-blocks.ts';
import { openTreeOf, treeIn, type ShadowTreeOf } from './shadow.ts';
import { takeSnapshot } from './snapshot.ts';
import { documentOf } from './snapshot-document.ts';
import { collapse, stripInvisible } from './text.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;
interface Selected {
  blocks: Block[];
  hiddenCharacters: number;
}
/** A range whose ends may lie in different trees: a document and the shadow roots in it. */
type Span = Pick<StaticRange, 'startContainer' | 'startOffset' | 'endContainer' | 'endOffset'>;

const READABLE_TYPES = new Set(['text', 'search', 'url', 'tel']);
const SECRET = /^(cc-|one-time-code|current-password|new-password)/;

const FOLLOWING = 4;

/** What is selected in `document`, null for nothing. Text of passwords, payment cards and one-time codes is never read. */
export function extractSelection(document: Document, shadowTreeOf: ShadowTreeOf = openTreeOf): Article | null {
  const field = focusedField(document, shadowTreeOf);
  const selected = (field && readField(field)) ?? readSelection(document, shadowTreeOf);
  if (!selected || selected.blocks.length === 0) return null;
  return {
    url: document.URL,
    ...readMetadata(document),
    description: '',
    blocks: selected.blocks,
    scope: 'selection',
    hiddenCharacters: selected.hiddenCharacters,
  };
}

/** The text field that has the focus, also in shadow roots; null where something else has it. */
export function focusedField(document: Document, shadowTreeOf: ShadowTreeOf = openTreeOf): Field | null {
  let active = document.activeElement;
  for (let inner = active; inner; inner = treeIn(inner, shadowTreeOf)?.activeElement ?? null) active = inner;
  return active && (active.localName === 'input' || active.localName === 'textarea') ? (active as Field) : null;
}

function readField(field: Field): Selected | null {
  if (field.localName === 'input' && !READABLE_TYPES.has(field.type)) return null;
  if (field.autocomplete.split(/\s+/).some((token) => SECRET.test(token.toLowerCase()))) return null;
  const { text, removed } = stripInvisible(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0));
  const lines = text.split(/\n+/).map(collapse);
  const blocks = lines.filter((line) => line !== '').map((line): Block => ({ kind: 'paragraph', text: line }));
  return blocks.length > 0 ? { blocks, hiddenCharacters: removed } : null;
}

function readSelection(document: Document, shadowTreeOf: ShadowTreeOf): Selected | null {
  const spans = selectedSpans(document, shadowTreeOf);
  if (spans.length === 0) return null;
  const snapshot = takeSnapshot(document, shadowTreeOf, (text) => spans.map((span) => partWithin(span, text)).join(''));
  const copy = documentOf(snapshot.nodes, document.implementation);
  return { blocks: readBlocks(copy.body), hiddenCharacters: snapshot.hiddenCharacters };
}

/** What is selected outside text fields, several spans where the browser knows several. */
export function selectedSpans(document: Document, shadowTreeOf: ShadowTreeOf = openTreeOf): Span[] {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return [];
  const ranges = Array.from({ length: selection.rangeCount }, (_, index): Span => selection.getRangeAt(index));
  const shadowRoots = shadowRootsIn(document.documentElement, shadowTreeOf);
  if (shadowRoots.length === 0) return ranges.filter(isExtended);
  if (typeof selection.getComposedRanges === 'function') {
    const composed: Span[] = selection.getComposedRanges({ shadowRoots });
    // It knows one range only: several (Firefox) are taken as they are.
    return (ranges.length > 1 ? ranges : composed).filter(isExtended);
  }
  // Before getComposedRanges, Chromium's shadow roots have a selection of their own.
  for (const root of shadowRoots as (ShadowRoot & { getSelection?: () => Selection | null })[]) {
    const inner = root.getSelection?.();
    if (inner && inner.rangeCount > 0 && !inner.isCollapsed) return [inner.getRangeAt(0)];
  }
  return ranges.filter(isExtended);
}

function isExtended(range: Span): boolean {
  return range.startContainer !== range.endContainer || range.startOffset !== range.endOffset;
}

function shadowRootsIn(root: Element | ShadowRoot, shadowTreeOf: ShadowTreeOf): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  for (const element of root.querySelectorAll('*')) {
    const tree = treeIn(element, shadowTreeOf);
    if (tree) found.push(tree, ...shadowRootsIn(tree, shadowTreeOf));
  }
  return found;
}

/** The part of `text` between the ends of `span`, '' for none. */
function partWithin(span: Span, text: Text): string {
  const start = compare(text, span.startContainer, span.startOffset);
  const end = compare(text, span.endContainer, span.endOffset);
  if (start < 0 || end > 0) return '';
  return text.data.slice(start === 0 ? span.startOffset : 0, end === 0 ? span.endOffset : undefined);
}

/** Whether `text` stands before (-1) or after (1) a boundary point; 0 where the point is inside it. */
function compare(text: Text, container: Node, offset: number): -1 | 0 | 1 {
  if (text === container) return 0;
  for (const point of withHosts(container)) {
    const node = withHosts(text).find((host) => host.getRootNode() === point.getRootNode());
    if (!node) continue;
    if (point === container) {
      const range = point.ownerDocument!.createRange();
      range.setStart(point, offset);
      return range.comparePoint(node, 0) < 0 ? -1 : 1;
    }
    // The point is inside a shadow tree that the text is not in: its host stands for it.
    return node.compareDocumentPosition(point) & FOLLOWING ? -1 : 1;
  }
  return -1;
}

/** The node, the host of the shadow tree that it is in, the host of that one's, ... */
function withHosts(node: Node): Node[] {
  const chain: Node[] = [];
  for (let at: Node | undefined = node; at; at = (at.getRootNode() as ShadowRoot).host as Node | undefined)
    chain.push(at);
  return chain;
}
