// Where a quote stands in the live page: its letters and digits are looked up in those of the page, so that white space,
// punctuation, markup, stripped characters and the break-up into text nodes make no difference. Reads only.

import { OWN_TAG } from './translation/own-tag.ts';
import type { TextQuote } from '../article.ts';
import { isReferenceMark } from './read-blocks.ts';
import { openTreeOf, type ShadowTreeOf } from './shadow.ts';
import { flatChildren, hasBody } from './snapshot.ts';
import { Visibility } from './visibility.ts';
import type { Sight } from './visibility.ts';

/** The letters of the page, in the order it is rendered, and where each comes from. */
interface TextIndex {
  letters: string;
  nodes: Text[];
  /** For each node, where its letters start in `letters`. */
  starts: number[];
}

interface Place {
  start: number;
  end: number;
}

const WITHOUT_TEXT = new Set([
  ...'script style noscript template head textarea select svg iframe rp'.split(' '),
  OWN_TAG, // beside the page's text, not of it
]);
/** Letters of a text may differ from the quote's by this share: the page may have changed a little. */
const MAX_DIFFERENCE = 0.2;
const MIN_APPROXIMATE_LETTERS = 20;
const CONTEXT_LETTERS = 64;
const MAX_PLACES = 200;
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/**
 * Finds the quote in what is visible of the page, then in all of it (text that is folded away by now); of several places
 * the one with the best context. Null where the page no longer has it.
 */
export function findQuote(document: Document, quote: TextQuote, shadowTreeOf: ShadowTreeOf = openTreeOf): Range | null {
  const exact = lettersOf(quote.exact);
  if (exact === '' || !hasBody(document)) return null;
  const [prefix, suffix] = [lettersOf(quote.prefix), lettersOf(quote.suffix)];
  const indexes = [readIndex(document, shadowTreeOf, true), readIndex(document, shadowTreeOf, false)];
  for (const index of indexes) {
    const places = findExact(index.letters, exact);
    const ranked = places.map((place) => ({ place, context: contextOf(index.letters, place, prefix, suffix) }));
    const best = ranked.toSorted((a, b) => b.context - a.context).at(0);
    if (best) return rangeOf(index, best.place);
  }
  for (const index of indexes) {
    const place = findApproximate(index.letters, exact);
    if (place) return rangeOf(index, place);
  }
  return null;
}

/** Letters, digits and currency signs, each as it is compared: composed, without case. */
function lettersOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{Sc}]+/gu, '');
}

function readIndex(document: Document, shadowTreeOf: ShadowTreeOf, visibleOnly: boolean): TextIndex {
  const index: TextIndex = { letters: '', nodes: [], starts: [] };
  const visibility = new Visibility(document, false);
  const visit = (element: Element, above: Sight): void => {
    if (WITHOUT_TEXT.has(element.localName) || isReferenceMark(element)) return;
    const style = visibility.styleOf(element);
    const sight = visibleOnly ? visibility.into(element, style, above) : above;
    if (!sight) return;
    for (const child of flatChildren(element, shadowTreeOf)) {
      if (child.nodeType === ELEMENT_NODE) visit(child as Element, sight);
      if (child.nodeType !== TEXT_NODE) continue;
      const letters = lettersOf((child as Text).data);
      if (letters === '' || (visibleOnly && !visibility.showsText(element, style, sight, child as Text))) continue;
      index.nodes.push(child as Text);
      index.starts.push(index.letters.length);
      index.letters += letters;
    }
  };
  visit(document.body, visibility.root());
  return index;
}

function findExact(letters: string, exact: string): Place[] {
  const places: Place[] = [];
  for (let at = letters.indexOf(exact); at >= 0 && places.length < MAX_PLACES; at = letters.indexOf(exact, at + 1)) {
    places.push({ start: at, end: at + exact.length });
  }
  return places;
}

/** Of k pieces, one survives k - 1 changes: around each place of a piece the rest is aligned. */
function findApproximate(letters: string, exact: string): Place | null {
  if (exact.length < MIN_APPROXIMATE_LETTERS) return null;
  const limit = Math.floor(exact.length * MAX_DIFFERENCE);
  const size = Math.max(8, Math.ceil(exact.length / 8));
  const tried = new Set<number>();
  let best: (Place & { changes: number }) | null = null;
  for (let from = 0; from + size <= exact.length; from += size) {
    for (const { start } of findExact(letters, exact.slice(from, from + size)).slice(0, 10)) {
      const windowStart = Math.max(0, start - from - limit);
      const bucket = Math.round(windowStart / size);
      if (tried.has(bucket) || tried.size > 20) continue;
      tried.add(bucket);
      const found = align(exact, letters.slice(windowStart, windowStart + exact.length + 2 * limit));
      if (found.changes > limit || (best && best.changes <= found.changes)) continue;
      best = { start: windowStart + found.start, end: windowStart + found.end, changes: found.changes };
    }
  }
  return best;
}

/** The substring of `text` nearest to `pattern` by edit distance (Sellers 1980). */
function align(pattern: string, text: string): Place & { changes: number } {
  let costs = Array.from({ length: text.length + 1 }, () => 0);
  let starts = Array.from({ length: text.length + 1 }, (_, index) => index);
  for (let i = 1; i <= pattern.length; i++) {
    const [nextCosts, nextStarts] = [[i], [0]];
    for (let j = 1; j <= text.length; j++) {
      const replaced = costs[j - 1] + (pattern[i - 1] === text[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, costs[j] + 1, nextCosts[j - 1] + 1);
      nextCosts.push(cost);
      nextStarts.push(cost === replaced ? starts[j - 1] : cost === costs[j] + 1 ? starts[j] : nextStarts[j - 1]);
    }
    [costs, starts] = [nextCosts, nextStarts];
  }
  const end = costs.reduce((best, cost, index) => (cost < costs[best] ? index : best), 0);
  return { start: starts[end], end, changes: costs[end] };
}

function contextOf(letters: string, { start, end }: Place, prefix: string, suffix: string): number {
  let before = 0;
  while (before < CONTEXT_LETTERS && before < prefix.length && letters[start - 1 - before] === prefix.at(-1 - before))
    before++;
  let after = 0;
  while (after < CONTEXT_LETTERS && after < suffix.length && letters[end + after] === suffix[after]) after++;
  return before + after;
}

function rangeOf(index: TextIndex, place: Place): Range {
  const [startNode, startOffset] = pointAt(index, place.start, false);
  const [endNode, endOffset] = pointAt(index, place.end - 1, true);
  const range = startNode.ownerDocument.createRange();
  range.setStart(startNode, startOffset);
  range.setEnd(endNode, endOffset);
  return range;
}

/** The text node and offset of a letter; `after` for the offset behind it. */
function pointAt({ nodes, starts }: TextIndex, letter: number, after: boolean): [Text, number] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= letter) low = middle;
    else high = middle - 1;
  }
  const { data } = nodes[low];
  let passed = starts[low];
  for (const { segment, index } of graphemes(data)) {
    passed += lettersOf(segment).length;
    if (passed > letter) return [nodes[low], after ? index + segment.length : index];
  }
  return [nodes[low], data.length];
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}
