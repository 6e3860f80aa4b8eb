// Words that a reader and a page may choose differently for the same thing. Only such as are asked for often and mean nothing else there.
import { primarySubtag } from '../stop-words.ts';
import { searchTerms } from './search-terms.ts';

/** Each line says one thing; the words that a page is likeliest to mean it by first. */
const GROUPS: Record<string, string[]> = {
  en: ['cost costs price bill fee charge expenses spent paid expensive'],
};

/** The question in the page's words: a word that the page has not gives way to one of the same meaning that it has. */
export function inPagesWords(question: string, language: string, has: (term: string) => boolean): string {
  const isThere = (word: string) => searchTerms(word, language).some(has);
  return (GROUPS[primarySubtag(language)] ?? []).reduce((asked, group) => {
    const words = group.split(' ');
    const said = words.find(isThere);
    if (said === undefined) return asked;
    const pattern = new RegExp(String.raw`\b(?:${words.join('|')})\b`, 'gi');
    return asked.replace(pattern, (word) => (isThere(word.toLowerCase()) ? word : said));
  }, question);
}
