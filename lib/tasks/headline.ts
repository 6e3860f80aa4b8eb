// The page's headline: its own title or first heading without the site's name.
import type { Article, Source } from '../article.ts';
import { termsOf } from './terms.ts';
import { countWords } from './words.ts';

const SEPARATORS = /\s+[|·•»«–—-]\s+|\s*(?:::|｜|＜|＞)\s*|_(?=\P{ASCII})|(?<=\P{ASCII})_/u;
/** How far down an article its own first heading may stand, in blocks. */
const FIRST_BLOCKS = 4;

export interface Headline {
  text: string;
  /** Where the page shows it, if it does in its text. */
  source?: Source;
}

/** Null where the page has no title of its own. */
export function headlineOf(article: Article, language: string): Headline | null {
  const title = cleanTitle(article);
  const heading = firstHeading(article);
  if (!title) return heading;
  if (!heading) return { text: title };
  // The heading over the text is what its author called it, where it says most of what the title says.
  const ofHeading = new Set(termsOf(heading.text, language));
  const ofTitle = termsOf(title, language);
  const shared = ofTitle.filter((term) => ofHeading.has(term)).length;
  const isDeck = countWords(heading.text) > 1.5 * countWords(title);
  return shared >= ofTitle.length / 2 && shared > 0 && !isDeck ? heading : { text: title };
}

/** The title less the site's name and sections, '' where nothing else is left. */
export function cleanTitle({ title, siteName, url }: Article): string {
  const whole = title
    .replace(/\s+/g, ' ')
    .replace(/\s*\[[^\]]*\]$/, '')
    .trim();
  const parts = whole.split(SEPARATORS).filter(Boolean);
  const site = [bare(siteName ?? ''), bare(hostName(url))].filter(Boolean);
  const isSite = (part: string) =>
    site.some((name) => bare(part) === name || (bare(part).length > 3 && name.startsWith(bare(part))));
  const kept = parts.filter((part) => !isSite(part));
  if (kept.length === 0) return '';
  // Where no part is the site's known name, short last parts ("- Wikipedia", "_社会_腾讯网") name it.
  const named = kept.length < parts.length;
  while (!named && kept.length > 1 && countWords(kept[kept.length - 1]) <= Math.min(3, countWords(kept[0]))) kept.pop();
  const first = whole.indexOf(kept[0]);
  const end = whole.indexOf(kept.at(-1) ?? '', first) + (kept.at(-1)?.length ?? 0);
  return whole.slice(first, end).trim();
}

function firstHeading({ blocks }: Article): Headline | null {
  for (const [block, { kind, text }] of blocks.slice(0, FIRST_BLOCKS).entries()) {
    if (kind !== 'heading') return null;
    const clean = text.replace(/\s*[#¶§]$/, '');
    if (countWords(clean) >= 2) return { text: clean, source: { block, start: 0, end: clean.length } };
  }
  return null;
}

function hostName(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '').replace(/\.[^.]*$/, '') : '';
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
