// What a measuring or testing browser calls of lib/page, bundled by evaluate-extraction.ts.

export { clearQuote, showQuote } from '../lib/page/cite.ts';
export { extractArticle } from '../lib/page/extract.ts';
export { extractSelection } from '../lib/page/selection.ts';
export { findQuote } from '../lib/page/text-index.ts';
