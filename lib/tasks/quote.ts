// How the page is asked for a source: the text itself and a little of what stands around it.
import type { Article, Block, Locator, Source, TextQuote } from '../article.ts';

/** Enough to tell two equal sentences apart (the Web Annotation note recommends a few words). */
const CONTEXT_CHARACTERS = 32;

/** The W3C TextQuoteSelector of a place in the article. Context stays within the block: between blocks the page may show other things. */
export function quoteOf(article: Article, { block, start, end }: Source): TextQuote {
  const { text } = article.blocks[block];
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start),
    suffix: text.slice(end, end + CONTEXT_CHARACTERS),
    ...locatorAt(article.blocks.at(block), start),
  };
}

/** The page or second that a place of a block stands at; empty for a block of a web page. */
export function locatorAt(block: Block | undefined, offset: number): Locator {
  const passed = block?.milestones?.findLast(({ start }) => start <= offset);
  if (!passed) return {};
  const { start: _, ...locator } = passed;
  return locator;
}
