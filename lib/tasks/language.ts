// The language of a text: by its script, and within a script by its most frequent words.
import type { Article } from '../article.ts';
import { primarySubtag, STOP_WORD_LANGUAGES, stopWords } from './stop-words.ts';

/** Enough to be sure, little enough to cost nothing. */
const SAMPLE_CHARACTERS = 6000;
/** Share of the words that must be frequent words of a language: running text has 0.25 to 0.5, names and code under 0.1. */
const MIN_STOP_WORD_SHARE = 0.12;

/** Scripts that settle the language alone, or narrow it to the languages listed. First match with the most letters wins. */
const SCRIPTS: { pattern: RegExp; languages: string[] }[] = [
  { pattern: /\p{Script=Hangul}/gu, languages: ['ko'] },
  { pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, languages: ['ja'] },
  { pattern: /\p{Script=Han}/gu, languages: ['zh'] },
  { pattern: /\p{Script=Thai}/gu, languages: ['th'] },
  { pattern: /\p{Script=Lao}/gu, languages: ['lo'] },
  { pattern: /\p{Script=Khmer}/gu, languages: ['km'] },
  { pattern: /\p{Script=Myanmar}/gu, languages: ['my'] },
  { pattern: /\p{Script=Hebrew}/gu, languages: ['he'] },
  { pattern: /\p{Script=Arabic}/gu, languages: ['ar', 'fa'] },
  { pattern: /\p{Script=Cyrillic}/gu, languages: ['ru', 'uk'] },
  { pattern: /\p{Script=Greek}/gu, languages: ['el'] },
  { pattern: /\p{Script=Devanagari}/gu, languages: ['hi'] },
  { pattern: /\p{Script=Bengali}/gu, languages: ['bn'] },
  { pattern: /\p{Script=Tamil}/gu, languages: ['ta'] },
  { pattern: /\p{Script=Telugu}/gu, languages: ['te'] },
  { pattern: /\p{Script=Georgian}/gu, languages: ['ka'] },
  { pattern: /\p{Script=Armenian}/gu, languages: ['hy'] },
];
/** None of the scripts has letters outside it. */
const BEYOND_LATIN = /[^\0-\u036f\u2000-\u206f]/;
const OF_A_SCRIPT = new Set(SCRIPTS.flatMap((script) => script.languages));
const LATIN = STOP_WORD_LANGUAGES.filter((language) => !OF_A_SCRIPT.has(language));

/** BCP 47 primary subtag of the language that `text` is written in, '' where the text does not tell. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  if (!BEYOND_LATIN.test(sample)) return byStopWords(sample, LATIN);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  const latin = count(/\p{Script=Latin}/gu);
  const counted = SCRIPTS.map((script) => ({ script, letters: count(script.pattern) }));
  const top = counted.reduce((best, next) => (next.letters > best.letters ? next : best));
  // A letter of an ideographic or syllabic script carries about as much as three Latin ones.
  if (top.letters * 3 <= latin) return byStopWords(sample, LATIN);
  if (top.letters === 0) return '';
  // Japanese mixes its kana with Han: a tenth of kana is enough, while Chinese has none.
  const kana = counted.find(({ script }) => script.languages[0] === 'ja');
  if (top.script.languages[0] === 'zh' && kana && kana.letters * 10 > top.letters) return 'ja';
  const candidates = top.script.languages;
  return candidates.length === 1 ? candidates[0] : byStopWords(sample, candidates) || candidates[0];
}

/** The article's language: what its text says, and where that does not tell, what the page says. */
export function languageOf(article: Article): string {
  const detected = detectLanguage(beginningOf(article));
  return !detected || detected === primarySubtag(article.language) ? article.language : detected;
}

function beginningOf({ blocks }: Article): string {
  let text = '';
  for (const block of blocks) {
    if (text.length >= SAMPLE_CHARACTERS) break;
    text += text === '' ? block.text : ` ${block.text}`;
  }
  return text;
}

function byStopWords(text: string, languages: string[]): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}'’]+/gu) ?? [];
  if (words.length < 4) return '';
  let best = '';
  let bestShare = MIN_STOP_WORD_SHARE;
  for (const language of languages) {
    const list = stopWords(language);
    // Longer lists would win by their length alone: only the first forty words of each count.
    const frequent = new Set([...list].slice(0, 40));
    let hits = 0;
    for (const word of words) if (frequent.has(word)) hits++;
    const share = hits / words.length;
    if (share > bestShare) {
      best = language;
      bestShare = share;
    }
  }
  return best;
}
