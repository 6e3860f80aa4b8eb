// Puts the marks of a text on its translation.
//
// A mark stands on the run of whole words that says most of its words again and least of others: each unit of the translation weighs
// +1 where all that it says is in the mark, -1 where nothing is, and the mark takes the run of the greatest sum (Kadane's maximum
// subarray) within its parent's run, less what its larger siblings have taken. So one wrong link of the alignment moves no edge far,
// marks nest by construction, and no word is split. What has no text stays between the words that it stood between.
import type { AlignedPiece } from '../../model/translator.ts';
import type { Mark, MarkedText } from '../../protocol.ts';
import type { Span } from '../sentences.ts';
import { linkUnits, placeOf, type LinkedUnits } from './linked-units.ts';
import { treeOf, type MarkNode } from './mark-tree.ts';
import type { Unit } from './units.ts';

/** A passage and its translation; before, between and behind them both texts are the same. */
export interface Rendering {
  source: Span;
  target: Span;
  /** From the target's passage to the source's, offsets from their starts; null where they are the same. */
  alignment: readonly AlignedPiece[] | null;
}

/** Indices of units of the whole target, end exclusive. */
type Run = Span;

const PUNCTUATION_WEIGHT = 0.15;
/** Short words are mostly articles and prepositions, which an alignment often gets wrong: they weigh less than words from here on. */
const FULL_WEIGHT_CHARACTERS = 5;
/** A word that says nothing of the source: in the mark if both its neighbours are. */
const UNLINKED = -0.05;

/** The marks' places in `target`: each once, parents before what is in them, in the order of the target. Throws `internal`. */
export function carryMarks(source: MarkedText, target: string, renderings: readonly Rendering[]): Mark[] {
  const roots = treeOf(source);
  if (roots.length === 0) return [];
  const carrier = new Carrier(source.text, target, renderings);
  return carrier.carry(roots);
}

interface TargetUnit extends Unit {
  /** What it says again, as places in the whole source. */
  says: { start: number; end: number; share: number }[];
  /** Index into `parts`. */
  part: number;
}

interface Part extends Rendering {
  linked: LinkedUnits;
  /** Of its first unit in the whole target. */
  first: number;
  /** From the first to the last word of the source's passage. */
  words: Span;
}

class Carrier {
  private readonly parts: Part[] = [];
  private readonly units: TargetUnit[] = [];
  private readonly taken: Uint8Array;

  constructor(
    private readonly source: string,
    private readonly target: string,
    renderings: readonly Rendering[],
  ) {
    let [from, to] = [0, 0];
    for (const rendering of renderings) {
      this.add({
        source: { start: from, end: rendering.source.start },
        target: { start: to, end: rendering.target.start },
        alignment: null,
      });
      this.add(rendering);
      [from, to] = [rendering.source.end, rendering.target.end];
    }
    this.add({
      source: { start: from, end: source.length },
      target: { start: to, end: target.length },
      alignment: null,
    });
    this.taken = new Uint8Array(this.units.length);
  }

  carry(roots: readonly MarkNode[]): Mark[] {
    const whole: Mark = { id: -1, start: 0, end: this.source.length };
    const marks: Mark[] = [];
    const stack = this.children({ ...whole, children: [...roots] }, { start: 0, end: this.target.length }).reverse();
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { node, place } = next;
      marks.push({ id: node.id, ...place });
      stack.push(...this.children(node, place).reverse());
    }
    return marks;
  }

  private add(rendering: Rendering): void {
    const { source, target } = rendering;
    const [text, translation] = [
      this.source.slice(source.start, source.end),
      this.target.slice(target.start, target.end),
    ];
    const linked = rendering.alignment === null ? itself(text) : linkUnits(text, translation, rendering.alignment);
    const words = linked.source.filter(({ isWord }) => isWord);
    const span = { start: source.start + (words[0]?.start ?? 0), end: source.start + (words.at(-1)?.end ?? 0) };
    const part = this.parts.push({ ...rendering, linked, first: this.units.length, words: span }) - 1;
    linked.target.forEach((unit, index) => {
      const says = linked.links[index].map(({ unit: from, share }) => ({
        start: source.start + linked.source[from].start,
        end: source.start + linked.source[from].end,
        share,
      }));
      this.units.push({ ...unit, start: target.start + unit.start, end: target.start + unit.end, says, part });
    });
  }

  /** Places for the children of `parent`, which stands at `within`: disjoint, in the target's order. */
  private children(parent: MarkNode, within: Span): { node: MarkNode; place: Span }[] {
    const range = this.unitsIn(within);
    const placed = new Map<MarkNode, Span>();
    const runs = new Map<MarkNode, Run>();
    for (const node of parent.children) {
      const place = this.samePlace(node);
      if (!place || place.start < within.start || place.end > within.end) continue;
      placed.set(node, place);
      this.take(this.unitsTouching(place), 1);
    }
    for (const node of [...parent.children].sort((a, b) => b.end - b.start - (a.end - a.start))) {
      if (placed.has(node) || !this.hasUnits(node)) continue;
      const run = this.runFor(node, range) ?? this.partOfSibling(node, runs);
      if (!run) continue;
      runs.set(node, run);
      this.take(run, 1);
    }
    this.take(this.unitsTouching(within), 0);
    for (const [node, { start, end }] of runs)
      placed.set(node, { start: this.units[start].start, end: this.units[end - 1].end });
    const occupied = [...placed.values()];
    parent.children.forEach((node, index) => {
      if (placed.has(node)) return;
      const wanted = this.placeBetween(node, index, parent, within, placed);
      const clamped = Math.min(Math.max(wanted, within.start), within.end);
      const around = occupied.find(({ start, end }) => start < clamped && clamped < end);
      const at = !around ? clamped : clamped - around.start < around.end - clamped ? around.start : around.end;
      placed.set(node, { start: at, end: at });
    });
    const order = new Map(parent.children.map((node, index) => [node, index]));
    return [...placed]
      .map(([node, place]) => ({ node, place }))
      .sort(
        (a, b) =>
          a.place.start - b.place.start ||
          a.place.end - b.place.end ||
          (order.get(a.node) ?? 0) - (order.get(b.node) ?? 0),
      );
  }

  private runFor(mark: Mark, within: Run): Run | undefined {
    const near = this.unitsFor(mark);
    const range = { start: Math.max(near.start, within.start), end: Math.min(near.end, within.end) };
    let best: Run | undefined;
    let [bestSum, sum, start] = [0, 0, range.start];
    for (let unit = range.start; unit < range.end; unit++) {
      if (this.taken[unit]) {
        [sum, start] = [0, unit + 1];
        continue;
      }
      if (sum <= 0) [sum, start] = [0, unit];
      sum += this.gain(unit, mark);
      if (sum > bestSum + 1e-9) [bestSum, best] = [sum, { start, end: unit + 1 }];
    }
    const trimmed = best && this.trimmed(best, mark, within);
    return trimmed ?? this.nearest(mark, range) ?? this.nearest(mark, within);
  }

  /** Punctuation at an edge belongs to a mark only if it began or ended with some in the source, and then it does. */
  private trimmed({ start, end }: Run, mark: Mark, within: Run): Run | undefined {
    const text = this.source.slice(mark.start, mark.end).trim();
    if (/^[\p{L}\p{N}]/u.test(text)) while (start < end && !this.units[start].isWord) start += 1;
    if (/[\p{L}\p{N}]$/u.test(text)) while (start < end && !this.units[end - 1].isWord) end -= 1;
    if (start >= end) return undefined;
    const [first, last] = [this.units.at(start - 1), this.units.at(end)];
    if (first && start > within.start && !this.taken[start - 1] && opens(first.text) && opens(text[0])) start -= 1;
    if (last && end < within.end && !this.taken[end] && ends(last.text) && ends(text.slice(-1))) end += 1;
    return { start, end };
  }

  private gain(unit: number, mark: Mark): number {
    const { start, end, isWord, says } = this.units[unit];
    const weight = isWord ? Math.min(1, (end - start) / FULL_WEIGHT_CHARACTERS) : PUNCTUATION_WEIGHT;
    if (isWord && this.isCovered(unit, mark)) return weight;
    if (says.length === 0) return UNLINKED;
    return weight * (2 * shareIn(says, mark) - says.reduce((sum, { share }) => sum + share, 0));
  }

  /** True where the mark covers all words of the unit's passage: then it says nothing that is not in the mark. */
  private isCovered(unit: number, mark: Mark): boolean {
    const { words } = this.parts[this.units[unit].part];
    return words.start < words.end && mark.start <= words.start && words.end <= mark.end;
  }

  /** For a mark whose words are said nowhere for sure: the free word that says most of it, or stands nearest. */
  private nearest(mark: Mark, range: Run): Run | undefined {
    if (!/[\p{L}\p{N}]/u.test(this.source.slice(mark.start, mark.end))) return undefined;
    const middle = (mark.start + mark.end) / 2;
    let best: number | undefined;
    let bestDistance = Infinity;
    for (let unit = range.start; unit < range.end; unit++) {
      const { isWord, says } = this.units[unit];
      if (!isWord || this.taken[unit] || says.length === 0) continue;
      const from = says.reduce((a, b) => (b.share > a.share ? b : a));
      const distance = Math.abs((from.start + from.end) / 2 - middle) - 1000 * shareIn(says, mark);
      if (distance < bestDistance) [best, bestDistance] = [unit, distance];
    }
    return best === undefined ? undefined : { start: best, end: best + 1 };
  }

  /** Where fewer words are left than marks: the nearest sibling that has two gives one up, so that no link loses its text. */
  private partOfSibling(node: MarkNode, runs: Map<MarkNode, Run>): Run | undefined {
    if (!/[\p{L}\p{N}]/u.test(this.source.slice(node.start, node.end))) return undefined;
    const distance = (other: MarkNode) => Math.max(other.start - node.end, node.start - other.end);
    const words = ({ start, end }: Run) => this.units.slice(start, end).filter(({ isWord }) => isWord).length;
    const generous = [...runs].filter(([, run]) => words(run) > 1).sort(([a], [b]) => distance(a) - distance(b))[0];
    if (!generous) return undefined;
    const [sibling, { start, end }] = generous;
    const isAfter = node.start >= sibling.end;
    const isEnough = (cut: number) => words({ start, end: cut }) > 0 && words({ start: cut, end }) > 0;
    let cut = isAfter ? end - 1 : start + 1;
    while (!isEnough(cut)) cut += isAfter ? -1 : 1;
    const [first, second] = [
      { start, end: cut },
      { start: cut, end },
    ];
    const [left, given] = isAfter ? [first, second] : [second, first];
    runs.set(sibling, this.trimmed(left, sibling, left) ?? left);
    return this.trimmed(given, node, given) ?? given;
  }

  /** Where a mark without text of its own belongs, `index` among its parent's children. */
  private placeBetween(
    { start: offset, end }: Mark,
    index: number,
    parent: MarkNode,
    within: Span,
    placed: ReadonlyMap<MarkNode, Span>,
  ): number {
    const before = parent.children.at(index - 1);
    const beforePlace = index > 0 && before && placed.get(before);
    if (beforePlace && before.end === offset) return beforePlace.end;
    if (offset === parent.start) return within.start;
    if (end === parent.end) return within.end;
    const next = parent.children.at(index + 1);
    const nextPlace = next && placed.get(next);
    if (nextPlace && next.start === offset) return nextPlace.start;
    return this.placeOf(offset);
  }

  private placeOf(offset: number): number {
    const part = this.parts.find(
      ({ source, alignment }) => offset <= source.end && (alignment === null || offset < source.end),
    );
    if (!part) return this.target.length;
    const { source, target, alignment, linked } = part;
    if (alignment === null) return target.start + offset - source.start;
    const isAtWord = /\S/.test(this.source[offset - 1] ?? ' ');
    const at = target.start + placeOf(linked, offset - source.start, 'after');
    // Behind a word and a space: the space stays before it.
    const isSpace = /^\s(?![\p{M}\p{EMod}\u200c\u200d])/u.test(this.target.slice(at, at + 3));
    return !isAtWord && isSpace && at < target.end ? at + 1 : at;
  }

  private hasUnits({ start, end }: Mark): boolean {
    return /\S/.test(this.source.slice(start, end));
  }

  private take({ start, end }: Run, flag: 0 | 1): void {
    this.taken.fill(flag, start, end);
  }

  /** In a text that stays as it is marks do too, even within a word. */
  private samePlace({ start, end }: Mark): Span | undefined {
    const part = this.parts.at(firstIndex(this.parts, ({ source }) => source.end >= Math.max(end, start + 1)));
    if (!part || part.alignment !== null || start < part.source.start || start === end) return undefined;
    const shift = part.target.start - part.source.start;
    return { start: start + shift, end: end + shift };
  }

  private unitsTouching({ start, end }: Span): Run {
    return {
      start: firstIndex(this.units, (unit) => unit.end > start),
      end: firstIndex(this.units, (unit) => unit.start >= end),
    };
  }

  /** Units of the target in `span` of it. */
  private unitsIn({ start, end }: Span): Run {
    return {
      start: firstIndex(this.units, (unit) => unit.start >= start),
      end: firstIndex(this.units, (unit) => unit.end > end),
    };
  }

  /** Units of the passages that the mark touches in the source. */
  private unitsFor({ start, end }: Mark): Run {
    const first = firstIndex(this.parts, ({ source }) => source.end > start);
    const last = firstIndex(this.parts, ({ source }) => source.start >= end);
    return { start: this.parts.at(first)?.first ?? 0, end: this.parts[last]?.first ?? this.units.length };
  }
}

/** The first index whose element matches, where all after a match match too. */
function firstIndex<T>(sorted: readonly T[], matches: (element: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (matches(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function opens(punctuation: string): boolean {
  return /^[\p{Ps}\p{Pi}"'¿¡]$/u.test(punctuation);
}

function ends(punctuation: string): boolean {
  return /^[\p{Pe}\p{Pf}"'.!?…。！？]$/u.test(punctuation);
}

function shareIn(says: TargetUnit['says'], mark: Mark): number {
  return says.reduce((sum, { start, end, share }) => {
    const common = Math.min(end, mark.end) - Math.max(start, mark.start);
    return common > 0 ? sum + (share * common) / (end - start) : sum;
  }, 0);
}

/** The units of a text that stays as it is. */
function itself(text: string): LinkedUnits {
  const { source, target } = linkUnits(text, text, []);
  return { source, target, links: source.map((_, unit) => [{ unit, share: 1 }]) };
}
