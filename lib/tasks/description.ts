// The page's own description, where it has a real one: written by its author about this text, whole and readable.
import type { Article } from '../article.ts';
import { BOILERPLATE } from './blemishes.ts';
import { detectLanguage } from './language.ts';
import type { Ranking } from './rank.ts';
import { segment, type Sentence } from './sentences.ts';
import { primarySubtag } from './stop-words.ts';
import type { TermVectors } from './term-vectors.ts';
import { termsOf } from './terms.ts';
import { countWords, isUnspaced } from './words.ts';

const MIN_WORDS = 8;
const MAX_WORDS = 60;
/** Descriptions are cut to 155-320 characters by many sites: an unfinished sentence this far in was cut. */
const CUT_CHARACTERS = 140;
/** Dots at the end of less than this are style. */
const ELLIPSIS_CHARACTERS = 100;
/** Less of the description's terms in the text than this, and it describes the site, not the text. */
const MIN_SHARED_TERMS = 0.35;

const ENTITIES: Record<string, string> = { quot: '"', '#39': "'", apos: "'", amp: '&' };

const SLOGAN =
  /(?:official (?:web)?site|latest news|breaking news|find out (?:more|how)|learn (?:more|how) (?:about|at)|discover (?:the|our|more|how)|browse|shop (?:now|for)|free (?:shipping|download)|best price|the (?:web ?site|home ?page|blog) of|welcome to|brings you|visit us|watch the video|all the news|from wikipedia|aktuelle nachrichten|toute l['’]actualité|últimas noticias)/u;

/** The description as sentences worth showing, [] where it is none: too short, cut, a slogan, the title again, another language. */
export function describe(
  { description, title, siteName }: Article,
  { language, vectors, candidates }: Ranking,
): string[] {
  const text = withoutFrame(decoded(description).replace(/\s+/g, ' ').trim(), title, siteName ?? '');
  const sentences = segment(text, language).map(({ start, end }) => text.slice(start, end));
  if (isCut(sentences.at(-1) ?? '', text, candidates)) sentences.pop();
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
  if (BOILERPLATE.test(whole.toLowerCase()) || SLOGAN.test(whole.toLowerCase()) || isKeywordList(whole)) return [];
  if (kept.every((sentence) => /[?？؟]["'”’]*$/.test(sentence))) return [];
  const spoken = detectLanguage(whole);
  if (spoken && language && spoken !== primarySubtag(language)) return [];
  return isAboutText(whole, title, language, vectors) ? kept : [];
}

/** Many sites put the title before the description ("How to Build a Terrarium. Glass cloche...") and their name after it. */
function withoutFrame(text: string, title: string, siteName: string): string {
  const head = title.trim();
  const starts = head && text.toLowerCase().startsWith(head.toLowerCase());
  const rest = starts ? text.slice(head.length) : '';
  const body = /^\s*[.|:–—-]/.test(rest) ? rest.replace(/^\s*[.|:–—-]+\s*/, '') : text;
  const tail = /\s+[|–—-]\s+([^|–—-]{2,30})$/.exec(body);
  const named = tail && (tail[1] === siteName || (!siteName && /^(?:\p{Lu}[^\s]*\s?){1,3}$/u.test(tail[1])));
  return named ? body.slice(0, tail.index) : body;
}

/** True where the last sentence was cut off: it says so, it is unfinished at a length that sites cut at, or the text goes on. */
function isCut(last: string, text: string, candidates: Sentence[]): boolean {
  if (text.length >= ELLIPSIS_CHARACTERS && /(?:…|\.\.\.)["'”’\])]*$/.test(last)) return true;
  if (/[\p{Sentence_Terminal}…"'”’」）)]$/u.test(last)) return false;
  if (text.length >= CUT_CHARACTERS) return true;
  const end = isUnspaced(last) ? last.slice(-6) : `${last.split(' ').slice(-3).join(' ')} `;
  return candidates.some((sentence) => sentence.text.slice(0, -1).includes(end));
}

/** Some sites encode the entities of their descriptions twice. */
function decoded(text: string): string {
  return text.replace(/&(quot|#0?39|apos|amp);/g, (_, name: string) => ENTITIES[name.replace('#0', '#')]);
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
