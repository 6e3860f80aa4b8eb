// Cuts an article into passages: runs of whole blocks that are found, shown and given to a model together.
import type { Article } from '../../article.ts';
import { countWords, wordsOf } from '../words.ts';

/** Blocks of an article, first to last, inclusive. */
export interface BlockRange {
  firstBlock: number;
  lastBlock: number;
}

/** A passage grows up to this many words, unless one block alone has more. */
const FULL_WORDS = 120;
/** With fewer words before it, a heading does not begin a passage of its own. */
const SHORT_WORDS = 40;
/** Intl.Segmenter's time grows with the square of a text's length: a block this long is counted by its characters. */
const COUNTED_CHARACTERS = 2_000;

/** All blocks in order, each in one passage. A heading is in the passage of what it heads. */
export function passagesOf({ blocks }: Article): BlockRange[] {
  const passages: BlockRange[] = [];
  let first = 0;
  let words = 0;
  /** The last block that is no heading, since `first`. */
  let hasText = false;
  const close = (end: number) => {
    if (end > first) passages.push({ firstBlock: first, lastBlock: end - 1 });
    first = end;
    words = 0;
    hasText = false;
  };
  for (const [i, { kind, text }] of blocks.entries()) {
    const own = wordCount(text);
    const isHeading = kind === 'heading';
    if (hasText && (words + own > FULL_WORDS || (isHeading && words >= SHORT_WORDS))) close(headingsBefore(blocks, i));
    words += own;
    hasText ||= !isHeading;
  }
  close(blocks.length);
  return passages;
}

/** The first of the headings that stand right before block `i`, or `i`. */
function headingsBefore(blocks: Article['blocks'], i: number): number {
  let first = i;
  while (first > 0 && blocks[first - 1].kind === 'heading') first--;
  return first;
}

function wordCount(text: string): number {
  if (text.length <= COUNTED_CHARACTERS) return countWords(text);
  return Math.round((wordsOf(text.slice(0, COUNTED_CHARACTERS)).length * text.length) / COUNTED_CHARACTERS);
}
