// The page's own description, where it has a real one: written by its author about this text, whole and readable.
import { BOILERPLATE } from './blemishes.ts';
import { detectLanguage } from './language.ts';
import type { TermVectors } from './lexrank.ts';
import { segment } from './sentences.ts';
import { primarySubtag } from './stop-words.ts';
import { termsOf } from './terms.ts';
import { countWords } from './words.ts';

const MIN_WORDS = 8;
const MAX_WORDS = 60;
/** Descriptions are cut to 155-320 characters by many sites: an unfinished sentence this far in was cut. */
const CUT_CHARACTERS = 140;
/** Less of the description's terms in the text than this, and it describes the site, not the text. */
const MIN_SHARED_TERMS = 0.35;

const SLOGAN =
  /(?:official (?:web)?site|latest news|breaking news|find out (?:more|how)|learn (?:more|how) (?:about|at)|discover (?:the|our|more|how)|browse|shop (?:now|for)|free (?:shipping|download)|best price|the (?:web ?site|home ?page|blog) of|welcome to|brings you|visit us|watch the video|all the news|from wikipedia|aktuelle nachrichten|toute l['’]actualité|últimas noticias)/iu;

/** The description as sentences worth showing, [] where it is none: too short, cut, a slogan, the title again, another language. */
export function describe(description: string, title: string, language: string, vectors: TermVectors): string[] {
  const text = withoutTitle(description.replace(/\s+/g, ' ').trim(), title);
  const sentences = segment(text, language).map(({ start, end }) => text.slice(start, end));
  const last = sentences.at(-1) ?? '';
  if (isCut(last, text)) sentences.pop();
  const kept: string[] = [];
  let words = 0;
  for (const sentence of sentences) {
    const count = countWords(sentence);
    if (kept.length > 0 && words + count > MAX_WORDS) break;
    kept.push(sentence);
    words += count;
  }
  const whole = kept.join(' ');
  if (words < MIN_WORDS || words > MAX_WORDS * 1.5) return [];
  if (BOILERPLATE.test(whole) || SLOGAN.test(whole) || isKeywordList(whole)) return [];
  if (kept.every((sentence) => /[?？؟]["'”’]*$/.test(sentence))) return [];
  const spoken = detectLanguage(whole);
  if (spoken && language && spoken !== primarySubtag(language)) return [];
  return isAboutText(whole, title, language, vectors) ? kept : [];
}

/** Many sites put the title before the description: "How to Build a Terrarium. Glass cloche terrariums are...". */
function withoutTitle(text: string, title: string): string {
  const head = title.trim();
  if (!head || !text.toLowerCase().startsWith(head.toLowerCase())) return text;
  const rest = text.slice(head.length);
  return /^\s*[.|:–—-]/.test(rest) ? rest.replace(/^\s*[.|:–—-]+\s*/, '') : text;
}

function isCut(last: string, text: string): boolean {
  if (/(?:…|\.\.\.)["'”’\])]*$/.test(last)) return true;
  return text.length >= CUT_CHARACTERS && !/[\p{Sentence_Terminal}"'”’」）)]$/u.test(last);
}

function isKeywordList(text: string): boolean {
  const commas = text.match(/[,，、;|]/g)?.length ?? 0;
  return commas > 3 && countWords(text) / commas < 3;
}

/** True where its terms come up in the text, and it says more than the title. */
function isAboutText(text: string, title: string, language: string, vectors: TermVectors): boolean {
  const terms = [...new Set(termsOf(text, language))];
  const inTitle = new Set(termsOf(title, language));
  const shared = terms.filter((term) => vectors.has(term));
  return terms.some((term) => !inTitle.has(term)) && shared.length >= terms.length * MIN_SHARED_TERMS;
}
