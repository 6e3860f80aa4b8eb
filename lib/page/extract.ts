// The article in view: what the reader of this page sees, as blocks of text. Never touches the live DOM.

import { AppError } from '../errors.ts';
import type { Article, Block } from '../article.ts';
import { readMainText } from './main-text.ts';
import { readMetadata } from './metadata.ts';
import type { ShadowTreeOf } from './shadow.ts';
import { takeSnapshot } from './snapshot.ts';

/**
 * Extracts what a reader sees of `document`: visible text only, main text only, in reading order; of shadow trees the open ones, and
 * those that `shadowTreeOf` finds.
 * @throws AppError `no-content` where nothing can be read.
 */
export function extractArticle(document: Document, shadowTreeOf?: ShadowTreeOf): Article {
  const metadata = readMetadata(document);
  const snapshot = takeSnapshot(document, shadowTreeOf);
  snapshot.document.title = metadata.title;
  const blocks = withoutLooseHeadings(readMainText(snapshot.document), metadata.title);
  if (blocks.length === 0) throw new AppError('no-content');
  return {
    url: document.URL,
    ...metadata,
    title: metadata.title || blocks.find((block) => block.kind === 'heading')?.text || blocks[0].text.slice(0, 80),
    blocks,
    scope: 'page',
    hiddenCharacters: snapshot.hiddenCharacters,
    ...(snapshot.truncated && { truncated: true }),
  };
}

/** The title stands in the article already; its heading says it twice. Nor does a heading end a text. */
function withoutLooseHeadings(blocks: Block[], title: string): Block[] {
  const first = blocks.findIndex((block) => block.kind === 'heading' && block.text === title);
  const last = blocks.findLastIndex((block) => block.kind !== 'heading');
  if (last < 0) return blocks;
  return blocks.filter((_, index) => index <= last && (index !== first || first > 3));
}
