// The words of a translated text, what each says again of the source, and where places of the source lie in it. Knows no mark's
// children and parents.
import type { AlignedPiece } from '../../model/translator.ts';
import type { Mark } from '../../protocol.ts';
import type { Span } from '../sentences.ts';
import { linkUnits, placeOf, type LinkedUnits } from './linked-units.ts';
import type { Unit } from './units.ts';

/** A passage and its translation; before, between and behind them both texts are the same. */
export interface Rendering {
  source: Span;
  target: Span;
  /** From the target's passage to the source's, offsets from their starts; null where they are the same. */
  alignment: readonly AlignedPiece[] | null;
}

/** Indices of units of the whole target, end exclusive. */
export type Run = Span;

export interface TargetUnit extends Unit {
  /** What it says again, as places in the whole source. */
  says: { start: number; end: number; share: number }[];
  /** Index into the parts. */
  part: number;
}

interface Part extends Rendering {
  linked: LinkedUnits;
  /** Of its first unit in the whole target. */
  first: number;
  /** From the first to the last word of the source's passage. */
  words: Span;
}

const PUNCTUATION_WEIGHT = 0.15;
/** Short words are mostly articles and prepositions, which an alignment often gets wrong: they weigh less than words from here on. */
const FULL_WEIGHT_CHARACTERS = 5;
/** A word that says nothing of the source: in the mark if both its neighbours are. */
const UNLINKED = -0.05;

export class TargetUnits {
  readonly units: TargetUnit[] = [];
  /** Passages and what lies between them, in order: together both texts. */
  private readonly parts: Part[] = [];

  constructor(
    private readonly source: string,
    private readonly target: string,
    renderings: readonly Rendering[],
  ) {
    let [from, to] = [0, 0];
    const addGap = (sourceEnd: number, targetEnd: number) =>
      this.add({ source: { start: from, end: sourceEnd }, target: { start: to, end: targetEnd }, alignment: null });
    for (const rendering of renderings) {
      addGap(rendering.source.start, rendering.target.start);
      this.add(rendering);
      [from, to] = [rendering.source.end, rendering.target.end];
    }
    addGap(source.length, target.length);
  }

  private add(rendering: Rendering): void {
    const { source, target, alignment } = rendering;
    const text = this.source.slice(source.start, source.end);
    const translation = this.target.slice(target.start, target.end);
    const linked = alignment === null ? itself(text) : linkUnits(text, translation, alignment);
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

  /** How much it speaks for a unit to stand in the mark (above 0) or outside of it (below). */
  gain(unit: number, mark: Mark): number {
    const { start, end, isWord, says } = this.units[unit];
    const weight = isWord ? Math.min(1, (end - start) / FULL_WEIGHT_CHARACTERS) : PUNCTUATION_WEIGHT;
    if (isWord && this.isCovered(unit, mark)) return weight;
    if (says.length === 0) return UNLINKED;
    return weight * (2 * shareIn(says, mark) - says.reduce((sum, { share }) => sum + share, 0));
  }

  /** True where the mark covers all words of the unit's passage: then it says nothing that is not in the mark. */
  isCovered(unit: number, mark: Mark): boolean {
    const { words } = this.parts[this.units[unit].part];
    return words.start < words.end && mark.start <= words.start && words.end <= mark.end;
  }

  /** In a text that stays as it is, as an address does in a sentence, marks do too, even within a word. */
  samePlace({ start, end }: Mark): Span | undefined {
    const part = this.parts.at(firstIndex(this.parts, ({ source }) => source.end >= end));
    if (!part || start < part.source.start || !/\S/.test(this.source.slice(start, end))) return undefined;
    const { source, target, alignment } = part;
    const piece = (alignment ?? []).find(
      (each) =>
        source.start + each.sourceStart <= start && end <= source.start + each.sourceEnd && this.isVerbatim(part, each),
    );
    if (alignment !== null && !piece) return undefined;
    const shift = target.start - source.start + (piece ? piece.start - piece.sourceStart : 0);
    return { start: start + shift, end: end + shift };
  }

  private isVerbatim({ source, target }: Part, { start, end, sourceStart, sourceEnd }: AlignedPiece): boolean {
    const said = this.source.slice(source.start + sourceStart, source.start + sourceEnd);
    return /[^\p{L}\p{N}\s]/u.test(said) && said === this.target.slice(target.start + start, target.start + end);
  }

  /** The place between two words that a place between two words of the source has become. */
  placeOf(offset: number): number {
    const part = this.parts.at(
      firstIndex(this.parts, ({ source, alignment }) => offset < source.end + (alignment === null ? 1 : 0)),
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

  /** Units wholly in `span` of the target. */
  unitsIn({ start, end }: Span): Run {
    return {
      start: firstIndex(this.units, (unit) => unit.start >= start),
      end: firstIndex(this.units, (unit) => unit.end > end),
    };
  }

  /** Units of which some part is in `span` of the target. */
  unitsTouching({ start, end }: Span): Run {
    return {
      start: firstIndex(this.units, (unit) => unit.end > start),
      end: firstIndex(this.units, (unit) => unit.start >= end),
    };
  }

  /** Units of the passages that the mark touches in the source. */
  unitsFor({ start, end }: Mark): Run {
    const first = firstIndex(this.parts, ({ source }) => source.end > start);
    const last = firstIndex(this.parts, ({ source }) => source.start >= end);
    return { start: this.parts.at(first)?.first ?? 0, end: this.parts[last]?.first ?? this.units.length };
  }
}

/** How much of what is said is in the mark, 0 to 1. */
export function shareIn(says: TargetUnit['says'], mark: Mark): number {
  return says.reduce((sum, { start, end, share }) => {
    const common = Math.min(end, mark.end) - Math.max(start, mark.start);
    return common > 0 ? sum + (share * common) / (end - start) : sum;
  }, 0);
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

/** The units of a text that stays as it is. */
function itself(text: string): LinkedUnits {
  const { source, target } = linkUnits(text, text, []);
  return { source, target, links: source.map((_, unit) => [{ unit, share: 1 }]) };
}
