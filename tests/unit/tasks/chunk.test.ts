import { describe, expect, it } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { chunkSentences, chunkText, groupChunks } from '../../../lib/tasks/chunk.ts';
import { sentencesOf } from '../../../lib/tasks/sentences.ts';

const countTokens = (text: string) => Math.ceil(text.length / 4);

function sentences(blocks: Article['blocks']) {
  const article: Article = {
    url: '',
    title: '',
    language: 'en',
    description: '',
    scope: 'page',
    hiddenCharacters: 0,
    blocks,
  };
  return sentencesOf(article, 'en');
}

const paragraphs = Array.from({ length: 40 }, (_, i) => ({
  kind: i % 8 === 0 ? ('heading' as const) : ('paragraph' as const),
  text: i % 8 === 0 ? `Part ${i}` : `Sentence one of block ${i}. Sentence two of block ${i}, a little longer.`,
}));

describe('chunkSentences', () => {
  it('loses no word, breaks no sentence, and keeps each chunk within its budget', () => {
    const all = sentences(paragraphs);
    const chunks = chunkSentences(all, 100, countTokens);
    expect(chunks.flatMap((chunk) => chunk.sentences)).toEqual(all);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) {
      expect(chunk.tokens).toBeLessThanOrEqual(100);
      expect(countTokens(chunkText(chunk))).toBeLessThanOrEqual(100);
    }
  });

  it('keeps a heading with what follows it where there is room', () => {
    const lasts = chunkSentences(sentences(paragraphs), 100, countTokens).map((chunk) => chunk.sentences.at(-1)?.kind);
    expect(lasts).not.toContain('heading');
  });

  it.each([
    ['a sentence longer than a chunk', 'word '.repeat(500).trim()],
    ['unspaced text', '我們在這座城市的每一座橋上都看見了很多人'.repeat(60)],
    ['characters of two code units', '😀'.repeat(700)],
  ])('cuts %s without losing a character', (_, text) => {
    const chunks = chunkSentences(sentences([{ kind: 'paragraph', text }]), 50, countTokens);
    expect(chunks.flatMap((chunk) => chunk.sentences.map((piece) => piece.text)).join('')).toBe(text);
    for (const { sentences: pieces } of chunks) {
      for (const piece of pieces) {
        expect(countTokens(piece.text)).toBeLessThanOrEqual(50);
        expect(piece.text).toBe(text.slice(piece.start, piece.end));
        expect(piece.text).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
      }
    }
  });

  it('puts blocks on lines of their own', () => {
    const [chunk] = chunkSentences(sentences(paragraphs.slice(0, 2)), 1000, countTokens);
    expect(chunkText(chunk)).toBe('Part 0\nSentence one of block 1. Sentence two of block 1, a little longer.');
  });
});

describe('groupChunks', () => {
  it('makes parts of about equal length that together are all chunks in order', () => {
    const chunks = chunkSentences(sentences(paragraphs), 40, countTokens);
    const parts = groupChunks(chunks, 4);
    expect(parts).toHaveLength(4);
    expect(parts.flatMap((part) => part.chunks)).toEqual(chunks);
    const words = parts.map((part) => part.words);
    expect(Math.max(...words)).toBeLessThan(2 * Math.min(...words));
    expect(groupChunks(chunks.slice(0, 2), 5)).toHaveLength(2);
    expect(groupChunks([], 3)).toEqual([]);
  });
});
