// Which words of a sentence say again which words of another: the translator's alignment, read from its tokens to whole words.
import type { AlignedPiece } from '../../model/translator.ts';
import type { Span } from '../sentences.ts';
import { unitsOf, type Unit } from './units.ts';

export interface LinkedUnits {
  source: Unit[];
  target: Unit[];
  /** For each unit of the target, what it says again: empty where nothing does. */
  links: Link[][];
}

export interface Link {
  /** Index into `source`. */
  unit: number;
  /** Share of the target's unit, above 0; a unit's shares add up to 1 at most. */
  share: number;
}

/** Shorter words ("a", "no") are the same in many languages and mean different things. */
const MIN_NAME_CHARACTERS = 3;

/**
 * Links units by the alignment, weighted by length; a word or number that both sides have once is linked to itself whatever the
 * alignment says. Without an alignment every other unit is linked to what stands at the same part of the sentence.
 */
export function linkUnits(source: string, target: string, alignment: readonly AlignedPiece[]): LinkedUnits {
  const units = { source: unitsOf(source), target: unitsOf(target) };
  const links =
    alignment.length > 0 ? aligned(units.source, units.target, alignment) : proportional(units, source, target);
  const [inSource, inTarget] = [onceOnly(units.source), onceOnly(units.target)];
  for (const [text, unit] of inTarget) {
    const same = inSource.get(text);
    if (same !== undefined) links[unit] = [{ unit: same, share: 1 }];
  }
  return { ...units, links };
}

function aligned(source: Unit[], target: Unit[], alignment: readonly AlignedPiece[]): Link[][] {
  const links = target.map(() => new Map<number, number>());
  for (const piece of alignment) {
    const said = overlapping(source, { start: piece.sourceStart, end: piece.sourceEnd });
    const total = said.reduce((sum, { length }) => sum + length, 0);
    for (const { unit, length } of overlapping(target, piece)) {
      const weight = length / (target[unit].end - target[unit].start);
      for (const from of said) {
        const share = (weight * from.length) / total;
        links[unit].set(from.unit, (links[unit].get(from.unit) ?? 0) + share);
      }
    }
  }
  return links.map((shares) => [...shares].map(([unit, share]) => ({ unit, share })));
}

/** Units (sorted) that `span` touches, and how many of their characters. */
function overlapping(units: readonly Unit[], span: Span): { unit: number; length: number }[] {
  const found: { unit: number; length: number }[] = [];
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle].end <= span.start) low = middle + 1;
    else high = middle;
  }
  for (let unit = low; unit < units.length && units[unit].start < span.end; unit++) {
    const length = Math.min(units[unit].end, span.end) - Math.max(units[unit].start, span.start);
    if (length > 0) found.push({ unit, length });
  }
  return found;
}

function proportional({ source, target }: Omit<LinkedUnits, 'links'>, from: string, to: string): Link[][] {
  const scale = from.length / (to.length || 1);
  let unit = 0;
  return target.map(({ start, end, isWord }) => {
    if (source.length === 0) return [];
    const middle = ((start + end) / 2) * scale;
    while (unit + 1 < source.length && source[unit].end < middle) unit += 1;
    const near = [unit, unit + 1, unit - 1].find((each) => source[each]?.isWord === isWord);
    return near === undefined ? [] : [{ unit: near, share: 1 }];
  });
}

function onceOnly(units: readonly Unit[]): Map<string, number> {
  const found = new Map<string, number>();
  const counts = new Map<string, number>();
  units.forEach(({ text, isWord }, unit) => {
    if (!isWord || (text.length < MIN_NAME_CHARACTERS && !/\p{N}/u.test(text))) return;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    found.set(text, unit);
  });
  return new Map([...found].filter(([text]) => counts.get(text) === 1));
}

/**
 * Where in the target a place of the source lies: behind what says the unit before it again (`after`), else before what says the
 * next one; when neither is said, by the units around them. 0 or the target's length where nothing is.
 */
export function placeOf(linked: LinkedUnits, offset: number, side: 'after' | 'before'): number {
  const { source, target } = linked;
  const next = source.findIndex(({ end }) => end > offset);
  const following = next < 0 ? source.length : next;
  const spoken = (unit: number) => saying(linked, unit);
  for (let distance = 0; distance < source.length; distance++) {
    const before = following - 1 - distance >= 0 ? spoken(following - 1 - distance) : undefined;
    const behind = following + distance < source.length ? spoken(following + distance) : undefined;
    if (before !== undefined && (side === 'after' || behind === undefined)) return target[before.last].end;
    if (behind !== undefined) return target[behind.first].start;
  }
  return following === 0 ? 0 : (target.at(-1)?.end ?? 0);
}

/** The run of target units that mostly say `unit` again: the longest, if they are scattered. */
function saying({ target, links }: LinkedUnits, unit: number): { first: number; last: number } | undefined {
  let best: { first: number; last: number } | undefined;
  let run: { first: number; last: number } | undefined;
  const length = ({ first, last }: { first: number; last: number }) => target[last].end - target[first].start;
  links.forEach((shares, index) => {
    const share = shares.find((link) => link.unit === unit)?.share ?? 0;
    if (share < 0.4) return (run = undefined);
    run = run ? { first: run.first, last: index } : { first: index, last: index };
    if (!best || length(run) > length(best)) best = run;
  });
  return best;
}
