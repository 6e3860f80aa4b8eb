// Cuts an article into chunks that fit a model's budget, at sentences, and groups them into parts of about equal length.
import { isUnspaced } from './words.ts';
import type { Sentence } from './sentences.ts';

export interface Chunk {
  sentences: Sentence[];
  words: number;
  tokens: number;
}

/** Consecutive chunks that are summarized together. */
export interface Part {
  chunks: Chunk[];
  words: number;
}

/**
 * All sentences in order, at most `maxTokens` per chunk: nothing is left out. A heading stays with what follows it; a sentence
 * longer than a chunk is cut at spaces (or between characters where the script has none).
 */
export function chunkSentences(
  sentences: Sentence[],
  maxTokens: number,
  countTokens: (text: string) => number,
): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Chunk = { sentences: [], words: 0, tokens: 0 };
  for (const sentence of sentences.flatMap((whole) => pieces(whole, maxTokens, countTokens))) {
    const tokens = countTokens(sentence.text) + 1;
    const isFull = open.tokens + tokens > maxTokens;
    // Past three quarters, a heading is a good place to stop.
    const isBreak = sentence.kind === 'heading' && open.tokens > maxTokens * 0.75;
    if ((isFull || isBreak) && open.sentences.length > 0) {
      const last = open.sentences[open.sentences.length - 1];
      const heading = last.kind === 'heading' && open.sentences.length > 1 ? open.sentences.pop() : undefined;
      const headingTokens = heading ? countTokens(heading.text) + 1 : 0;
      chunks.push({ ...open, words: open.words - (heading?.words ?? 0), tokens: open.tokens - headingTokens });
      open = { sentences: heading ? [heading] : [], words: heading?.words ?? 0, tokens: headingTokens };
    }
    open.sentences.push(sentence);
    open.words += sentence.words;
    open.tokens += tokens;
  }
  if (open.sentences.length > 0) chunks.push(open);
  return chunks;
}

/** The chunks as at most `count` parts with about as many words each. */
export function groupChunks(chunks: Chunk[], count: number): Part[] {
  const total = chunks.reduce((sum, { words }) => sum + words, 0);
  const parts: Part[] = [];
  let before = 0;
  for (const chunk of chunks) {
    const due = Math.min(count - 1, Math.floor(((before + chunk.words / 2) / (total || 1)) * count));
    if (parts.length === 0 || due >= parts.length) parts.push({ chunks: [], words: 0 });
    const part = parts[parts.length - 1];
    part.chunks.push(chunk);
    part.words += chunk.words;
    before += chunk.words;
  }
  return parts;
}

/** The chunk as a model reads it: blocks on lines of their own. */
export function chunkText({ sentences }: Chunk): string {
  return sentences
    .map(({ text, block }, i) => (i === 0 ? text : (block === sentences[i - 1].block ? ' ' : '\n') + text))
    .join('');
}

function pieces(sentence: Sentence, maxTokens: number, countTokens: (text: string) => number): Sentence[] {
  let { start } = sentence;
  return cutText(sentence.text, maxTokens, countTokens).map((text) => {
    const words = Math.round((sentence.words * text.length) / sentence.text.length);
    return { ...sentence, text, words, start, end: (start += text.length) };
  });
}

/** A text as pieces of fewer than `maxTokens`, cut at spaces (or between characters where the script has none). */
export function cutText(text: string, maxTokens: number, countTokens: (text: string) => number): string[] {
  const tokens = countTokens(text);
  if (tokens < maxTokens) return [text];
  const length = Math.ceil(text.length / Math.ceil((tokens * 1.2) / maxTokens));
  const unspaced = isUnspaced(text);
  const cut: string[] = [];
  for (let from = 0; from < text.length;) {
    const limit = Math.min(text.length, from + length);
    const space = text.lastIndexOf(' ', limit);
    const to = limit === text.length || unspaced || space <= from ? whole(text, limit) : space + 1;
    cut.push(text.slice(from, to));
    from = to;
  }
  return cut.flatMap((piece) => (piece.length < text.length ? cutText(piece, maxTokens, countTokens) : [piece]));
}

/** `index`, or one more where it would split a surrogate pair. */
function whole(text: string, index: number): number {
  return /[\uD800-\uDBFF]/.test(text[index - 1] ?? '') ? index + 1 : index;
}
