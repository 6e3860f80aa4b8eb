// Whether a translated sentence may be shown: not empty, not a copy, in the right language, no runaway repetition, nothing
// known to be made up, numbers and addresses kept. What cannot be told for sure is no doubt.
import type { LanguagePair, TranslationDoubt } from '../../protocol.ts';
import { detectLanguage } from '../language.ts';
import { primarySubtag, stopWords } from '../stop-words.ts';
import { isUnspaced, wordsOf } from '../words.ts';
import { keepsNumbers } from './numbers.ts';
import { OBJECT, verbatimIn, withoutVerbatim } from './patterns.ts';

/** A shorter text says too little of its language. */
const MIN_WORDS_FOR_LANGUAGE = 8;
/** Share of a text's words that are frequent in its language, at least; and how much more often than in the other language. */
const MIN_FREQUENT_SHARE = 0.2;
const FREQUENT_MARGIN = 2;
/** Names and labels of up to so many words are often the same in both languages. */
const MAX_LABEL_WORDS = 2;
/** A translation is at least so much of its source's length, and at most, once the source has some length at all. */
const MIN_LENGTH_RATIO = 0.3;
const MAX_LENGTH_RATIO = 3;
const SOME_CHARACTERS = 60;
/** An unspaced script says as much with a third of the characters. */
const UNSPACED_WEIGHT = 3;
const MAX_REPEATED_WORDS = 4;
/** Titles of an encyclopedia's own pages that the models know by heart, whatever the sentence says: "!Artigos com ligações inactivas". */
const BY_HEART = '!';

/** Every reason for not showing `translation` in the place of `sentence`. */
export function doubtsOf(sentence: string, translation: string, pair: LanguagePair): TranslationDoubt[] {
  if (isTooShort(sentence, translation)) return ['empty'];
  const doubts: TranslationDoubt[] = [];
  if (isCopy(sentence, translation, pair)) doubts.push('copy');
  else if (isIn(translation, pair.from, pair.to)) doubts.push('language');
  else if (isForeign(sentence, translation, pair)) doubts.push('language');
  if (isRunaway(sentence, translation)) doubts.push('repetition');
  if (translation.startsWith(BY_HEART) && !sentence.startsWith(BY_HEART)) doubts.push('addition');
  if (!keepsNumbers(withoutVerbatim(sentence), withoutVerbatim(translation))) doubts.push('number');
  if (!keepsAddresses(sentence, translation)) doubts.push('link');
  return doubts;
}

/** True where `text` is surely in `language` rather than in `other`: its frequent words say so. */
export function isIn(text: string, language: string, other: string): boolean {
  const words = wordsOf(text.toLowerCase());
  if (words.length < MIN_WORDS_FOR_LANGUAGE || primarySubtag(language) === primarySubtag(other)) return false;
  const share = frequentShare(words, language);
  return share >= MIN_FREQUENT_SHARE && share > FREQUENT_MARGIN * frequentShare(words, other);
}

function frequentShare(words: readonly string[], language: string): number {
  const frequent = stopWords(language);
  return words.filter((word) => frequent.has(word)).length / (words.length || 1);
}

/** True for a translation in a script that the language is not written in. */
function isForeign(sentence: string, translation: string, { to }: LanguagePair): boolean {
  const isLatin = !/(?!\p{Script=Latin})\p{L}/u.test(translation);
  if (isLatin && script(to) === 'Latn') return false;
  const detected = detectLanguage(translation);
  if (!detected || detected === primarySubtag(to) || wordsOf(translation).length < 4) return false;
  const isSameScript = script(detected)?.slice(0, 3) === script(to)?.slice(0, 3);
  // What is foreign in the sentence already (a quotation, a name) is so in its translation.
  return !isSameScript && detectLanguage(sentence) !== detected;
}

function script(language: string): string | undefined {
  return new Intl.Locale(language).maximize().script;
}

/** True where nothing was translated though there was something to translate: frequent words of one language, or enough words. */
function isCopy(sentence: string, translation: string, { from, to }: LanguagePair): boolean {
  const words = wordsOf(withoutVerbatim(sentence));
  if (words.length <= MAX_LABEL_WORDS || plain(sentence) !== plain(translation)) return false;
  if (isIn(sentence, to, from)) return false;
  const [frequent, ofTarget] = [stopWords(from), stopWords(to)];
  if (frequent.size === 0) return words.filter((word) => /^\p{Ll}/u.test(word)).length > MAX_LABEL_WORDS;
  return words.some((word) => frequent.has(word) && !ofTarget.has(word) && word.length > 1);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function isTooShort(sentence: string, translation: string): boolean {
  if (!/[\p{L}\p{N}]/u.test(translation)) return true;
  const [source, target] = [weight(sentence), weight(translation)];
  return source >= SOME_CHARACTERS && target < MIN_LENGTH_RATIO * source;
}

function weight(text: string): number {
  return isUnspaced(text) ? text.length * UNSPACED_WEIGHT : text.length;
}

/** The same words again and again, more often than the sentence has them, or a text that does not end. */
function isRunaway(sentence: string, translation: string): boolean {
  if (weight(translation) > MAX_LENGTH_RATIO * weight(sentence) + SOME_CHARACTERS) return true;
  const [source, target] = [repetitions(sentence), repetitions(translation)];
  const isLabel = wordsOf(sentence).length <= MAX_LABEL_WORDS;
  return target > source && (target >= MAX_REPEATED_WORDS || isLabel);
}

/** How often the same one to four words follow each other at most, counted in words that only repeat. */
function repetitions(text: string): number {
  const words = wordsOf(text.toLowerCase());
  let most = 0;
  for (let period = 1; period <= 4; period++) {
    let run = 0;
    for (let i = period; i < words.length; i++) {
      run = words[i] === words[i - period] ? run + 1 : 0;
      // "very, very much" repeats once, and a phrase said twice repeats all of its words.
      if (run >= 2 * period) most = Math.max(most, Math.max(run, MAX_REPEATED_WORDS));
      else if (period === 1) most = Math.max(most, run);
    }
  }
  return most;
}

function keepsAddresses(sentence: string, translation: string): boolean {
  const count = (text: string) => text.split(OBJECT).length;
  return verbatimIn(sentence).every(({ text }) => translation.includes(text)) && count(sentence) === count(translation);
}
