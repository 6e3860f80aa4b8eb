// The words of a text in any script. Everything that counts, compares or weighs words does it with these.

/** Scripts written without spaces between words, for a class of characters: a dictionary has to find the words. */
export const UNSPACED_SCRIPTS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS}]`, 'u');
/** Text in which the words of English stand: there the pattern below finds the same words in a third of the time. */
export const PLAIN = /^[\x20-\x7e\n‘’“”–—…]*$/;
const PLAIN_WORD = /[A-Za-z0-9](?:[A-Za-z0-9]|['’.,](?=[A-Za-z0-9])|-(?=[A-Za-z]))*/g;
const SPACED_WORD = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|['’.,](?=[\p{L}\p{N}])|[-‐](?=\p{L}))*/gu;

let segmenter: Intl.Segmenter | undefined;

/** True where the words of `text` are not separated by spaces, at least in part. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text);
}

/**
 * The words of `text` in order, as written. Give it a sentence rather than an article: Intl.Segmenter's time grows with the
 * square of an unspaced text's length (V8, 111,000 characters: 18 s at once, 0.1 s in pieces).
 */
export function wordsOf(text: string): string[] {
  if (PLAIN.test(text)) return text.match(PLAIN_WORD) ?? [];
  if (!isUnspaced(text)) return text.match(SPACED_WORD) ?? [];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: string[] = [];
  for (const part of segmenter.segment(text)) if (part.isWordLike) words.push(part.segment);
  return words;
}

/** Number of words of `text`. */
export function countWords(text: string): number {
  return wordsOf(text).length;
}
