// The article of a page in a tab: its script's copy of it, and what of that is the main text. For contexts with a document.
import type { Article } from '../article.ts';
import { copyPage } from './page-access.ts';

/** Its own file, so that the panel stands before that is read; from then on it is at hand. */
export const loadExtraction = () => import('../page/extract.ts');

/** Throws as copyPage, and `no-content` where nothing can be read. */
export async function readPage(tabId: number): Promise<Article> {
  const [page, { articleOf }] = await Promise.all([copyPage(tabId), loadExtraction()]);
  return 'nodes' in page ? articleOf(page) : page;
}
