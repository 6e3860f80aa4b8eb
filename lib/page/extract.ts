// The article in view: what the reader of a page sees, as blocks of text, found in a copy of the page.

import { AppError } from '../errors.ts';
import type { Article, Block } from '../article.ts';
import { copyPage, type PageCopy } from './copy-page.ts';
import { readMainText } from './main-text.ts';
import type { ShadowTreeOf } from './shadow.ts';
import { documentOf } from './snapshot-document.ts';

/**
 * The visible main text of a page, in reading order. `implementation`: of any document; it makes the one that is worked on.
 * @throws AppError `no-content` where nothing can be read.
 */
export function articleOf(copy: PageCopy, implementation = document.implementation): Article {
  const { nodes, truncated, title, ...about } = copy;
  const page = documentOf(nodes, implementation);
  page.title = title;
  const blocks = withoutLooseHeadings(readMainText(page), title);
  if (blocks.length === 0) throw new AppError('no-content');
  return {
    ...about,
    title: title || blocks.find((block) => block.kind === 'heading')?.text || blocks[0].text.slice(0, 80),
    blocks,
    scope: 'page',
    ...(truncated && { truncated: true }),
  };
}

/** The same of a document at hand. */
export function extractArticle(document: Document, shadowTreeOf?: ShadowTreeOf): Article {
  return articleOf(copyPage(document, shadowTreeOf), document.implementation);
}

/** The title stands in the article already; its heading says it twice. Nor does a heading end a text. */
function withoutLooseHeadings(blocks: Block[], title: string): Block[] {
  const first = blocks.findIndex((block) => block.kind === 'heading' && block.text === title);
  const last = blocks.findLastIndex((block) => block.kind !== 'heading');
  if (last < 0) return blocks;
  return blocks.filter((_, index) => index <= last && (index !== first || first > 3));
}
