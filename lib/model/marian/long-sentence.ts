// Cuts a sentence that is too long for a model where it hurts least: behind punctuation, else between words. Knows no model.
import type { Token } from './vocabulary.ts';

/** Behind these a clause may end, in any script. */
const CLAUSE_END = /[,;:)\]،؛、，；：）。．।]$/u;
/** No part is shorter than this share of the most tokens, or cuts would come thick and fast. */
const LEAST_SHARE = 0.5;
/** Characters looked at for one part: a text of any length is read in a time that grows with its length alone. */
const MAX_CHARACTERS = 8000;

/** Parts of `text` (UTF-16 offsets, in order, without spaces around) of at most `maxTokens` tokens each, as `encode` counts them. */
export function cutSentence(
  text: string,
  encode: (text: string) => readonly Token[],
  maxTokens: number,
): { start: number; tokens: readonly Token[] }[] {
  const parts: { start: number; tokens: readonly Token[] }[] = [];
  for (let start = 0; start < text.length;) {
    let part = text.slice(start, start + MAX_CHARACTERS);
    if (start + part.length < text.length) part = part.replace(/[\uD800-\uDBFF]$/, '');
    let tokens = encode(part);
    while (tokens.length > maxTokens) {
      part = part.slice(0, cutAt(part, tokens, maxTokens));
      // Alone, the part may have other tokens than it had as a beginning, in rare cases more.
      tokens = encode(part);
    }
    if (tokens.length > 0) parts.push({ start, tokens });
    start += part.length;
  }
  return parts;
}

/** Where the first part ends, within the text of the first `maxTokens` tokens and at least one character long. */
function cutAt(text: string, tokens: readonly Token[], maxTokens: number): number {
  let gap: number | undefined;
  for (let i = maxTokens; i > maxTokens * LEAST_SHARE; i--) {
    const { end } = tokens[i - 1];
    if (end < text.length && /\s/u.test(text[end])) {
      if (CLAUSE_END.test(text.slice(0, end))) return end;
      gap ??= end;
    }
  }
  // Neighbouring tokens may come from one character: then there is no end between them.
  return gap ?? tokens.slice(0, maxTokens).findLast(({ end }) => end > 0 && end < text.length)?.end ?? 1;
}
