// Makes an article of text that the reader pasted. Pure.
import type { Article } from '../lib/article.ts';

/** One paragraph per line that holds text. The language is unknown; `title` is what the panel calls it. */
export function pastedArticle(text: string, title: string): Article {
  return {
    url: '',
    title,
    language: '',
    description: '',
    blocks: text
      .normalize('NFC')
      .split(/\n+/)
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
      .map((line) => ({ kind: 'paragraph', text: line })),
    scope: 'pasted',
    hiddenCharacters: 0,
  };
}
