// Text in capitals, which the models read badly: translated in the usual case and put in capitals again. Lengths never change.
import type { AlignedPiece } from '../../model/translator.ts';
import type { Span } from '../sentences.ts';
import { primarySubtag, stopWords } from '../stop-words.ts';
import { linkUnits } from './linked-units.ts';
import { verbatimIn } from './patterns.ts';

/** Which parts of a sentence were in capitals and are no longer. */
export interface Calmed {
  text: string;
  shouted: Span[];
  isAll: boolean;
}

/** Read as words, they would be translated. Those without vowels ("HTML") need no list. */
const ACRONYMS = new Set(
  'USA US UK FBI IBM IRS EPA FAQ DIY BBC EU UN UAE USSR NATO NASA CIA NSA ONU UE OMS OTAN EUA AI IA IT ID OK CEO CFO CTO GDP HIV AIDS UFO IMF WHO UNESCO UNICEF OPEC API CPU GPU USB DNA RNA EUR USD ESPN NBA NFL UEFA FIFA GOP IRA ISIS IOS ABC AOL IKEA STF SUS PSOL PT'.split(
    ' ',
  ),
);
/** Behind these, "US" at the end is the word and not the country ("ABOUT US"). */
const BEFORE_US =
  /^(?:ABOUT|CONTACT|JOIN|CALL|TELL|LET|WITH|FOR|TO|OF|EMAIL|FOLLOW|SUPPORT|FROM|BY|BETWEEN|AMONG|GIVE|HELP|SEND)$/;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
const MIN_LETTERS = 4;
const MIN_RUN_LETTERS = 8;

interface Word extends Span {
  text: string;
}

/** The sentence without its shouting; acronyms keep their capitals. */
export function calm(sentence: string, language: string): Calmed {
  const addresses = verbatimIn(sentence);
  const words: Word[] = [...sentence.matchAll(WORD)]
    .map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }))
    .filter(({ text }) => /\p{L}/u.test(text))
    .filter(({ start }) => addresses.every((address) => start < address.start || start >= address.end));
  if (isShouted(words)) {
    return { text: lowered(sentence, words, language), shouted: [{ start: 0, end: sentence.length }], isAll: true };
  }
  const runs = runsOf(words).filter((run) => isShoutedRun(run, language));
  const text = runs.reduce((calmed, run) => lowered(calmed, run, language, true), sentence);
  return { text, shouted: runs.map((run) => ({ start: run[0].start, end: run[run.length - 1].end })), isAll: false };
}

/** Puts the translation in capitals where it says what was in capitals: `shouted`, as places in `prepared`, which it translates. */
export function shout(
  translation: string,
  alignment: readonly AlignedPiece[],
  prepared: string,
  { isAll }: Calmed,
  shouted: readonly Span[],
): string {
  if (isAll) return upper(translation);
  if (shouted.length === 0) return translation;
  const { source, target, links } = linkUnits(prepared, translation, alignment);
  let result = translation;
  links.forEach((shares, index) => {
    const share = shares.reduce((sum, link) => {
      const { start, end } = source[link.unit];
      return shouted.some((span) => span.start <= start && end <= span.end) ? sum + link.share : sum;
    }, 0);
    const { start, end } = target[index];
    if (share > 0.5) result = result.slice(0, start) + upper(result.slice(start, end)) + result.slice(end);
  });
  return result;
}

function isCapitals({ text }: Word): boolean {
  return /\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

function isShouted(words: readonly Word[]): boolean {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  const all = words.every((word) => isCapitals(word) || /^(?:\p{Lu}|\p{N}+\p{L}?)$/u.test(word.text));
  if (!all || letters < MIN_LETTERS || !words.some(isCapitals)) return false;
  return !words.every(({ text }) => isAcronym(text));
}

function runsOf(words: readonly Word[]): Word[][] {
  const runs: Word[][] = [];
  let run: Word[] = [];
  for (const word of [...words, undefined]) {
    if (word && (isCapitals(word) || (run.length > 0 && /^\p{Lu}$/u.test(word.text)))) run.push(word);
    else {
      if (run.length > 0) runs.push(run);
      run = [];
    }
  }
  return runs;
}

/** "THIS IS WRONG" and "NOT", but not "NASA HQ": a frequent word of the language tells them apart. */
function isShoutedRun(run: readonly Word[], language: string): boolean {
  const frequent = stopWords(language);
  const letters = run.reduce((sum, { text }) => sum + text.length, 0);
  const hasFrequent = run.some(({ text }) => text.length > 2 && !isAcronym(text) && frequent.has(text.toLowerCase()));
  if (run.length === 1) return hasFrequent;
  return letters >= MIN_RUN_LETTERS && (hasFrequent || run.length >= 3) && !run.every(({ text }) => isAcronym(text));
}

function isAcronym(text: string): boolean {
  return (
    ACRONYMS.has(text) || (text.length <= 5 && !/[AEIOUYÀ-ÖØ-Ý]|[^\p{Script=Latin}]/u.test(text)) || /\p{N}/u.test(text)
  );
}

/** English headings keep a capital on each word that is not frequent, for names keep theirs so; other languages only the first. */
function lowered(sentence: string, words: readonly Word[], language: string, within = false): string {
  const isTitle = primarySubtag(language) === 'en' && !within;
  const frequent = stopWords(language);
  let result = sentence;
  words.forEach(({ text, start, end }, index) => {
    const isWord =
      text === 'US' &&
      (index === words.length - 1 || frequent.has(words[index + 1].text.toLowerCase())) &&
      BEFORE_US.test(words[index - 1]?.text ?? '');
    if ((isAcronym(text) && !isWord && !frequentShort(text, frequent)) || /^I$/.test(text)) return;
    const small = lower(text);
    const capital = isTitle ? index === 0 || !frequent.has(small) : index === 0 && !within;
    result = result.slice(0, start) + (capital ? text[0] + small.slice(1) : small) + result.slice(end);
  });
  return result;
}

/** Words without vowels that are no acronyms: "MY", "BY". */
function frequentShort(text: string, frequent: ReadonlySet<string>): boolean {
  return !ACRONYMS.has(text) && frequent.has(text.toLowerCase());
}

/** Character by character, but for those whose other case is longer: places stay where they are. */
function lower(text: string): string {
  return text.replace(/\p{Lu}/gu, (letter) => same(letter, letter.toLowerCase()));
}

function upper(text: string): string {
  return text.replace(/\p{Ll}/gu, (letter) => same(letter, letter.toUpperCase()));
}

function same(letter: string, other: string): string {
  return other.length === letter.length ? other : letter;
}
