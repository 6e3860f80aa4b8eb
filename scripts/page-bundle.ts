// What a measuring or testing browser calls of lib/page, bundled by evaluate-extraction.ts.

import { readMetadata } from '../lib/page/metadata.ts';
import type { Article } from '../lib/article.ts';

export { clearQuote, showQuote } from '../lib/page/cite.ts';
export { extractArticle } from '../lib/page/extract.ts';
export { extractSelection } from '../lib/page/selection.ts';
export { findQuote } from '../lib/page/text-index.ts';

/** The article of a page that has no text. */
export function emptyArticle(document: Document): Article {
  return { url: document.URL, ...readMetadata(document), blocks: [], scope: 'page', hiddenCharacters: 0 };
}
