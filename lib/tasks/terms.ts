// The terms of a text: what two sentences have in common when they speak of the same thing. For comparing, never for showing.
import { stopWords } from './stop-words.ts';
import { isUnspaced, PLAIN } from './words.ts';

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|[’'](?=\p{L}))*/gu;
const PLAIN_WORD = /[a-z0-9](?:[a-z0-9]|[’'](?=[a-z]))*/g;
/** Words without it, which are most, have no ending that the stemmer knows. */
const ENDING = /[s']$/;
const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;

/**
 * Terms of `text` in order, lower case, without the frequent words of the language. Unspaced scripts give pairs of characters:
 * as good as words for comparing, and ten times faster than finding the words.
 */
export function termsOf(text: string, language: string): string[] {
  const stop = stopWords(language);
  const terms: string[] = [];
  const isPlain = PLAIN.test(text);
  const spaced = !isPlain && isUnspaced(text) ? text.replace(UNSPACED_RUN, ' ') : text;
  for (const match of spaced.toLowerCase().match(isPlain ? PLAIN_WORD : WORD) ?? []) {
    const word = match.includes('’') ? match.replaceAll('’', "'") : match;
    if (!stop.has(word)) terms.push(stem(word));
  }
  if (spaced !== text) {
    for (const [run] of text.matchAll(UNSPACED_RUN)) {
      for (let i = 0; i + 1 < run.length; i++) terms.push(run.slice(i, i + 2));
    }
  }
  return terms;
}

/** Endings that only inflect, in English and harmless elsewhere: "the cities' walls" meets "city wall". */
function stem(word: string): string {
  if (!ENDING.test(word)) return word;
  const bare = word.replace(/'s?$/, '');
  if (bare.length < 5) return bare.length === 4 && /[^su]s$/.test(bare) ? bare.slice(0, -1) : bare;
  if (bare.endsWith('ies')) return bare.slice(0, -3) + 'y';
  if (/(?:[sx]|ch|sh)es$/.test(bare)) return bare.slice(0, -2);
  return /[^su]s$/.test(bare) ? bare.slice(0, -1) : bare;
}

/** Share of their words that two texts have in common, 0 to 1 (Jaccard). */
export function sameWords(a: string, b: string): number {
  const [left, right] = [new Set(termsOf(a, '')), new Set(termsOf(b, ''))];
  const shared = [...left].filter((term) => right.has(term)).length;
  return shared / (left.size + right.size - shared || 1);
}
