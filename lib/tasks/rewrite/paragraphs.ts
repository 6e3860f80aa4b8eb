// The lines of a text that may be rewritten, as places in it: a line is a paragraph in every editor, code is not rewritten.
import type { Span } from '../sentences.ts';

export interface Paragraph extends Span {
  text: string;
  /** Set off as an item of a list already. */
  isItem: boolean;
}

const ITEM = /^(?:[-*+•‣◦–—]|\(?(?:\d{1,3}|\p{L})[.)])\s+/u;
const FENCE = /^\s*(?:```|~~~)/;
const QUOTED_OR_INDENTED = /^(?:>| {4}|\t)/;

/** The lines with words in them, trimmed, without list marks; not those of fenced or indented code, nor quoted mail. */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let isFenced = false;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (FENCE.test(line)) {
      isFenced = !isFenced;
      continue;
    }
    if (isFenced || QUOTED_OR_INDENTED.test(line) || !/\p{L}/u.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    const mark = ITEM.exec(line.trimStart())?.[0] ?? '';
    const start = index + indent + mark.length;
    const end = index + line.trimEnd().length;
    if (end > start) paragraphs.push({ start, end, text: text.slice(start, end), isItem: mark !== '' });
  }
  return paragraphs;
}
