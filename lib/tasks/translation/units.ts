// The smallest parts of a text that a mark may begin and end at: words, punctuation marks, symbols. Never inside a grapheme.
import type { Span } from '../sentences.ts';
import { isUnspaced } from '../words.ts';

export interface Unit extends Span {
  /** Lower case, for comparing. */
  text: string;
  isWord: boolean;
}

/** Longest run of an unspaced script that is segmented at once: Intl.Segmenter's time grows with its square. */
const MAX_RUN_CHARACTERS = 400;

/** Of one grapheme with what stands before them, a space even. */
const JOINED = String.raw`\p{M}\p{EMod}\u200c\u200d\u{e0020}-\u{e007f}`;
const IN_WORD = String.raw`[\p{L}\p{N}\p{M}\u200c\u200d]`;
/** Words with their apostrophes, hyphens and decimal points inside, one mark of punctuation, or a run of symbols. */
const UNIT = new RegExp(
  String.raw`[\p{L}\p{N}]${IN_WORD}*(?:['’.,_@\-‐‑][\p{L}\p{N}]${IN_WORD}*)*|\p{P}[${JOINED}]*|[^\s\p{L}\p{N}\p{P}${JOINED}][^\s\p{L}\p{N}\p{P}]*`,
  'gu',
);

let words: Intl.Segmenter | undefined;
let graphemes: Intl.Segmenter | undefined;

/** The units of `text` in order; what lies between them is space. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (const match of text.matchAll(UNIT)) {
    const [unit] = match;
    if (isUnspaced(unit)) units.push(...segmented(unit, match.index));
    else units.push(toUnit(unit, match.index));
  }
  return units;
}

function toUnit(text: string, start: number): Unit {
  return { start, end: start + text.length, text: text.toLowerCase(), isWord: /[\p{L}\p{N}]/u.test(text) };
}

function segmented(text: string, offset: number): Unit[] {
  words ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const units: Unit[] = [];
  for (let from = 0; from < text.length;) {
    const to = graphemeCut(text, from, MAX_RUN_CHARACTERS);
    for (const { segment, index } of words.segment(text.slice(from, to))) {
      const last = units.at(-1);
      const isSplit = last?.end === offset + from + index && !isUnspaced(segment) && !isUnspaced(last.text);
      if (isSplit)
        units[units.length - 1] = toUnit(text.slice(last.start - offset, from + index + segment.length), last.start);
      else units.push(toUnit(segment, offset + from + index));
    }
    from = to;
  }
  return units;
}

/** The last place at most `characters` behind `from` (but at least one grapheme) where `text` can be cut between graphemes. */
export function graphemeCut(text: string, from: number, characters: number): number {
  if (text.length - from <= characters) return text.length;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let end = from;
  for (const { segment } of graphemes.segment(text.slice(from, from + characters + 64))) {
    if (end > from && end + segment.length > from + characters) break;
    end += segment.length;
  }
  return end;
}
