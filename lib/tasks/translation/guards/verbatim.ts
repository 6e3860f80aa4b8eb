// Addresses, code, placeholders and words in letters that the vocabulary lacks: a short name ("X1") stands in for each, as the
// models copy such names and put them where they belong.
import { verbatimIn } from '../patterns.ts';
import type { Span } from '../../sentences.ts';
import { UNSPACED_SCRIPTS } from '../../words.ts';
import { asWrittenIn } from '../numbers.ts';
import { fold } from './letters.ts';
import type { Dangers, Guard, Return } from './guard.ts';

/** Letters to name by, in order of preference: the first that the sentence does not use so itself. */
const INITIALS = ['X', 'Z', 'K', 'Q', 'W'];
/** A token without the punctuation around it; where words are written without spaces, a character. */
const TOKEN = new RegExp(
  String.raw`[${UNSPACED_SCRIPTS}]|[^\s\p{P}${UNSPACED_SCRIPTS}](?:[^\s${UNSPACED_SCRIPTS}]*[^\s\p{P}${UNSPACED_SCRIPTS}])?`,
  'gu',
);
/** Handled one by one by other guards. */
const OTHERWISE = /[\p{Pd}\p{Pi}\p{Pf}\p{Sc}−″′´`„‚]/u;
const NUMBER = /(?<![\p{L}\p{N}.,])\p{Nd}[\p{Nd}.,:/-]*\p{Nd}s?(?![\p{L}\p{N}])/gu;

const UNIT = String.raw`(?:sq\s|cu\s)?(?:mi|nmi|yd|ft|in|ac|lbs?|oz|gal|mph|knots|[kcm]?m|km\/h|ha|k?g|t|[kMG]W|[°º][CF])[²³]?`;
/** A measure again in another unit: "(14 mi)", "(103,500 sq mi)". The models leave out the unit that their readers do not use. */
const OTHER_UNIT = new RegExp(String.raw`\(\p{Nd}[\p{Nd}.,]*\s?${UNIT}\)`, 'gu');
/** The number of such a piece, or all of the piece. */
const ITS_NUMBER = /(?<=^\(?)\d[\d.,]*(?=$|\s\D)/;

export const verbatim: Guard = {
  protect(sentence, dangers) {
    const spans: Span[] = verbatimIn(sentence);
    const add = (start: number, end: number) => {
      if (spans.every((span) => end <= span.start || span.end <= start)) spans.push({ start, end });
    };
    for (const { 0: token, index } of sentence.matchAll(TOKEN))
      if (isForeign(token, dangers)) add(index, index + token.length);
    // The usual way is to let the model copy numbers: it changes their form to that of its language.
    if (dangers.careful)
      for (const pattern of [OTHER_UNIT, NUMBER])
        for (const { 0: found, index } of sentence.matchAll(pattern)) add(index, index + found.length);
    spans.sort((a, b) => a.start - b.start);
    const initial = INITIALS.find((letter) => !new RegExp(`${letter}\\d`, 'i').test(sentence)) ?? 'Xq';
    return joined(spans, sentence).map((span, index) => ({ ...span, text: `${initial}${index + 1}` }));
  },

  restore(own, { source, pair, translation: { text } }) {
    const edits: Return[] = [];
    for (const { start, end, text: name } of own) {
      const original = source
        .slice(start, end)
        .replace(ITS_NUMBER, (number) => asWrittenIn(number, pair.from, pair.to));
      for (const { 0: found, index } of text.matchAll(new RegExp(`(?<!\\p{L})${name}(?!\\p{N})`, 'giu')))
        edits.push({ start: index, end: index + found.length, text: original, source: { start, end } });
    }
    return { edits, isWhole: own.every(({ start }) => edits.some(({ source: from }) => from?.start === start)) };
  },
};

/** True for a word in another script, and for one that a lost sign gives its meaning: "m²", "3½", "C#", "10±2". */
function isForeign(token: string, { isLost }: Dangers): boolean {
  const lost = Array.from(token).filter((character) => isLost(character) && !OTHERWISE.test(character));
  if (lost.length === 0) return false;
  if (lost.some((character) => /\p{L}/u.test(character) && !fold(character))) return true;
  const signs = lost.filter((character) => /[^\p{L}\p{M}\p{Cf}]/u.test(character));
  if (signs.length === 0) return false;
  const isInside = /[\p{L}\p{N}][^\p{L}\p{N}\s\p{Pd}\p{Po}]+[\p{L}\p{N}]/u.test(token);
  const letters = token.match(/\p{L}/gu)?.length ?? 0;
  return isInside || /\p{Nd}/u.test(token) || (letters <= 3 && signs.every((sign) => /[#^~\\@\p{No}]/u.test(sign)));
}

/** Neighbours with nothing but a space between them are one name. */
function joined(spans: readonly Span[], sentence: string): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && /^\s?$/.test(sentence.slice(last.end, span.start))) last.end = span.end;
    else result.push({ start: span.start, end: span.end });
  }
  return result;
}
