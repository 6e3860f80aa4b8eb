import { describe, expect, it } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { segment, sentencesOf } from '../../../lib/tasks/sentences.ts';

/** The pieces that `text` falls into, joined by a bar: what a reader of the test can check at a glance. */
function split(text: string, language = 'en'): string {
  return segment(text, language)
    .map(({ start, end }) => text.slice(start, end))
    .join(' | ');
}

describe('segment', () => {
  it.each([
    ['Mr. Smith met Dr. J. R. Jones. They left.', 'Mr. Smith met Dr. J. R. Jones. | They left.'],
    ['It rose 3.5 percent. Then it fell.', 'It rose 3.5 percent. | Then it fell.'],
    ['He lives in the U.S. The tax is low.', 'He lives in the U.S. | The tax is low.'],
    ['The U.S. Senate voted at 5 p.m. Tuesday.', 'The U.S. Senate voted at 5 p.m. Tuesday.'],
    ['Apple Inc. The firm grew. Acme Corp. Holdings fell.', 'Apple Inc. | The firm grew. | Acme Corp. Holdings fell.'],
    ['See No. 5 first. No. That is wrong.', 'See No. 5 first. | No. | That is wrong.'],
    ['“Stop. Look,” she said. “Why?” he asked.', '“Stop. Look,” she said. | “Why?” he asked.'],
    ['He said “it works.” She left.', 'He said “it works.” | She left.'],
    [
      'Made in 1998.[4] The site (it works. Really.) is old.',
      'Made in 1998.[4] | The site (it works. Really.) is old.',
    ],
    ['Stolen ... TMZ has learned. And so… It ends.', 'Stolen ... TMZ has learned. | And so… | It ends.'],
    [
      'Yahoo! is big. Use example.com today. iPhone sales rose.',
      'Yahoo! is big. | Use example.com today. | iPhone sales rose.',
    ],
    ['1. Soak the beans. 2 cups.', '1. Soak the beans. | 2 cups.'],
  ])('splits English as a reader would: %s', (text, expected) => {
    expect(split(text)).toBe(expected);
  });

  it.each([
    ['de', 'Am 3. Oktober kam z.B. Dr. Meier. Er blieb.', 'Am 3. Oktober kam z.B. Dr. Meier. | Er blieb.'],
    ['zh', '他问“谁？”这样的问题。我说：“不去。”然后走了！', '他问“谁？”这样的问题。 | 我说：“不去。” | 然后走了！'],
    ['ja', '「行くよ。」と言った。雨だ。', '「行くよ。」と言った。 | 雨だ。'],
    ['ar', 'هل هذا صحيح؟ نعم هو كذلك. انتهى', 'هل هذا صحيح؟ | نعم هو كذلك. | انتهى'],
    ['hi', 'यह एक वाक्य है। यह दूसरा है।', 'यह एक वाक्य है। | यह दूसरा है।'],
  ])('knows the marks of %s', (language, text, expected) => {
    expect(split(text, language)).toBe(expected);
  });

  it('ends a Thai sentence at a space once it is long enough', () => {
    const phrase = 'กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย';
    expect(split(`${phrase} ${phrase}`, 'th')).toBe(`${phrase} | ${phrase}`);
    expect(split('ไทย 2 แห่ง', 'th')).toBe('ไทย 2 แห่ง');
  });

  it('covers all of a text but the space between sentences', () => {
    const text = '  One. “Two!”  Three… four? (Five.) Six';
    const kept = segment(text, 'en').map(({ start, end }) => text.slice(start, end));
    expect(kept.join('')).toBe(text.replace(/(?<=[.!?”…)])\s+(?=[A-Z“(])|^\s+/g, ''));
  });
});

describe('sentencesOf', () => {
  const article: Article = {
    url: '',
    title: '',
    language: 'en',
    description: '',
    scope: 'page',
    hiddenCharacters: 0,
    blocks: [
      { kind: 'heading', text: 'What now? Read on.' },
      { kind: 'paragraph', text: 'One thing. Two things.' },
      { kind: 'code', text: 'a.b(); c! d' },
      { kind: 'paragraph', text: '我爱北京天安门。' },
    ],
  };

  it('keeps headings and code whole, says where each sentence stands, and counts words by script', () => {
    const sentences = sentencesOf(article, 'en');
    expect(sentences.map(({ text }) => text)).toEqual([
      'What now? Read on.',
      'One thing.',
      'Two things.',
      'a.b(); c! d',
      '我爱北京天安门。',
    ]);
    for (const { block, start, end, text } of sentences)
      expect(article.blocks[block].text.slice(start, end)).toBe(text);
    expect(sentences[2].words).toBe(2);
    expect(sentences[4].words).toBeGreaterThan(2);
    expect(sentences[4].words).toBeLessThan(7);
  });
});
