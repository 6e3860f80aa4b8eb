// The article of a page in a tab: its script's copy of it, and what of that is the main text. For contexts with a document.
import type { Article } from '../article.ts';
import { articleOf } from '../page/extract.ts';
import { copyPage } from './page-access.ts';

/** Throws as copyPage, and `no-content` where nothing can be read. */
export async function readPage(tabId: number): Promise<Article> {
  const page = await copyPage(tabId);
  return 'nodes' in page ? articleOf(page) : page;
}
