// What a measuring or testing browser calls of lib/page, bundled by evaluate-extraction.ts.

export { extractArticle } from '../lib/page/extract.ts';
