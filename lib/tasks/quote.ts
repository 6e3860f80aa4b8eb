// How the page is asked for a source: the text itself and a little of what stands around it.
import type { Article, Source, TextQuote } from '../protocol.ts';

/** Enough to tell two equal sentences apart (the Web Annotation note recommends a few words). */
const CONTEXT_CHARACTERS = 32;

/** The W3C TextQuoteSelector of a place in the article. Context stays within the block: between blocks the page may show other things. */
export function quoteOf(article: Article, { block, start, end }: Source): TextQuote {
  const { text } = article.blocks[block];
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start),
    suffix: text.slice(end, end + CONTEXT_CHARACTERS),
  };
}
