// Puts the marks of a text on its translation.
//
// A mark stands on the run of whole words that says most of its words again and least of others: each unit of the translation weighs
// +1 where all that it says is in the mark, -1 where nothing is, and the mark takes the run of the greatest sum (Kadane's maximum
// subarray) within its parent's run, less what its larger siblings have taken. So one wrong link of the alignment moves no edge far,
// marks nest by construction, and no word is split. What has no text stays between the words that it stood between.
import type { LanguagePair, Mark, MarkedText } from '../../protocol.ts';
import type { Span } from '../sentences.ts';
import { fitEdges } from './mark-edges.ts';
import { treeOf, type MarkNode } from './mark-tree.ts';
import { shareIn, TargetUnits, type Rendering, type Run } from './target-units.ts';

/** The marks' places in `target`: each once, parents before what is in them, in the order of the target. Throws `internal`. */
export function carryMarks(
  source: MarkedText,
  target: string,
  renderings: readonly Rendering[],
  pair: LanguagePair,
): Mark[] {
  const roots = treeOf(source);
  if (roots.length === 0) return [];
  return new Carrier(source.text, target, renderings, pair).carry(roots);
}

class Carrier {
  private readonly words: TargetUnits;
  /** For each unit, whether a sibling of the mark that is placed stands on it. */
  private readonly taken: Uint8Array;

  constructor(
    private readonly source: string,
    private readonly target: string,
    renderings: readonly Rendering[],
    private readonly pair: LanguagePair,
  ) {
    this.words = new TargetUnits(source, target, renderings);
    this.taken = new Uint8Array(this.words.units.length);
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

  /** Places for the children of `parent`, which stands at `within`: disjoint, in the target's order. */
  private children(parent: MarkNode, within: Span): { node: MarkNode; place: Span }[] {
    const range = this.words.unitsIn(within);
    const placed = new Map<MarkNode, Span>();
    const runs = new Map<MarkNode, Run>();
    for (const node of parent.children) {
      const place = this.words.samePlace(node);
      if (!place || place.start < within.start || place.end > within.end) continue;
      placed.set(node, place);
      this.take(this.words.unitsTouching(place), 1);
    }
    for (const node of [...parent.children].sort((a, b) => b.end - b.start - (a.end - a.start))) {
      if (placed.has(node) || !/\S/.test(this.source.slice(node.start, node.end))) continue;
      const run = this.runFor(node, range) ?? this.partOfSibling(node, runs);
      if (!run) continue;
      runs.set(node, run);
      this.take(run, 1);
    }
    this.take(this.words.unitsTouching(within), 0);
    for (const [node, { start, end }] of runs)
      placed.set(node, { start: this.words.units[start].start, end: this.words.units[end - 1].end });
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
    const near = this.words.unitsFor(mark);
    const range = { start: Math.max(near.start, within.start), end: Math.min(near.end, within.end) };
    let best: Run | undefined;
    let [bestSum, sum, start] = [0, 0, range.start];
    for (let unit = range.start; unit < range.end; unit++) {
      if (this.taken[unit]) {
        [sum, start] = [0, unit + 1];
        continue;
      }
      if (sum <= 0) [sum, start] = [0, unit];
      sum += this.words.gain(unit, mark);
      if (sum > bestSum + 1e-9) [bestSum, best] = [sum, { start, end: unit + 1 }];
    }
    const fitted = best && this.fitted(best, mark, within);
    return fitted ?? this.nearest(mark, range) ?? this.nearest(mark, within);
  }

  private fitted(run: Run, mark: Mark, within: Run): Run | undefined {
    const { units } = this.words;
    return fitEdges(units, run, {
      said: this.source.slice(mark.start, mark.end),
      isWhole: this.words.isCovered(run.start, mark),
      pair: this.pair,
      isFree: (unit) => within.start <= unit && unit < within.end && !this.taken[unit],
    });
  }

  /** For a mark whose words are said nowhere for sure: the free word that says most of it, or stands nearest. */
  private nearest(mark: Mark, range: Run): Run | undefined {
    if (!/[\p{L}\p{N}]/u.test(this.source.slice(mark.start, mark.end))) return undefined;
    const middle = (mark.start + mark.end) / 2;
    let best: number | undefined;
    let bestDistance = Infinity;
    for (let unit = range.start; unit < range.end; unit++) {
      const { isWord, says } = this.words.units[unit];
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
    const words = ({ start, end }: Run) => this.words.units.slice(start, end).filter(({ isWord }) => isWord).length;
    const generous = [...runs]
      .filter(([, run]) => words(run) > 1)
      .sort(([a], [b]) => distance(a) - distance(b))
      .at(0);
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
    runs.set(sibling, this.fitted(left, sibling, left) ?? left);
    return this.fitted(given, node, given) ?? given;
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
    return this.words.placeOf(offset);
  }

  private take({ start, end }: Run, flag: 0 | 1): void {
    this.taken.fill(flag, start, end);
  }
}
