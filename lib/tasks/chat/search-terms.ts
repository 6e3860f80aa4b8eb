// What a text is found by: its words without the frequent ones, cut to their stems; pairs of characters where no spaces part words.
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { primarySubtag, stopWords } from '../stop-words.ts';
import { isUnspaced } from '../words.ts';

/** Snowball's, by BCP 47 primary subtag. */
const STEMMERS: Record<string, (word: string) => string> = {
  da: danish,
  de: german,
  en: english,
  es: spanish,
  fi: finnish,
  fr: french,
  it: italian,
  nl: dutch,
  no: norwegian,
  pt: portuguese,
  ru: russian,
  sv: swedish,
};

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|[’'](?=\p{L})|[.,](?=\p{N}))*/gu;
const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;

/** A page has some thousands of different words, and stemming one takes longer than finding it again. */
const MAX_STEMS = 20_000;
const stems = new Map<string, string>();

/** The terms of `text` in order. Terms of a question and of a sentence are equal where they mean the same word. */
export function searchTerms(text: string, language: string): string[] {
  const stop = stopWords(language);
  const unspaced = isUnspaced(text);
  const terms: string[] = [];
  for (const [match] of (unspaced ? text.replace(UNSPACED_RUN, ' ') : text).toLowerCase().matchAll(WORD)) {
    const word = match.replaceAll('’', "'").replace(/'s?$/, '');
    if (!stop.has(word)) terms.push(stemOf(word, language));
  }
  if (!unspaced) return terms;
  for (const [run] of text.matchAll(UNSPACED_RUN)) {
    const characters = Array.from(run);
    characters.forEach((character, i) => {
      if (!stop.has(character)) terms.push(character);
      if (i + 1 < characters.length) terms.push(character + characters[i + 1]);
    });
  }
  return terms;
}

function stemOf(word: string, language: string): string {
  const primary = primarySubtag(language);
  const key = `${primary} ${word}`;
  const known = stems.get(key);
  if (known !== undefined) return known;
  if (stems.size >= MAX_STEMS) stems.clear();
  const stemmer = STEMMERS[primary] as ((word: string) => string) | undefined;
  const stem = /\p{N}/u.test(word) ? word.replaceAll(',', '') : (stemmer?.(word) ?? word);
  stems.set(key, stem);
  return stem;
}
