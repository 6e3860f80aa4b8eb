import { describe, expect, it } from 'vitest';
import { passagesOf } from '../../../lib/tasks/translation/passages.ts';

const cut = (text: string, language = 'en') =>
  passagesOf(text, language).map(({ start, end }) => text.slice(start, end));

describe('passages', () => {
  it('are sentences, without the space around them', () => {
    expect(cut('  The house is red.  Mr. Smith lives here. ')).toEqual(['The house is red.', 'Mr. Smith lives here.']);
  });

  it('never go over a line break', () => {
    expect(cut('The house\nis red')).toEqual(['The house', 'is red']);
  });

  it.each([
    ['Home → News → Sports', ['Home', 'News', 'Sports']],
    ['Home | News', ['Home', 'News']],
    ['• First point • Second point', ['First point', 'Second point']],
    ['See you tomorrow! 👋🏽', ['See you tomorrow!']],
    ['❤️ The red house ❤️', ['The red house']],
    ['Read more →', ['Read more']],
    ['— I do not know.', ['I do not know.']],
    ['Home » News', ['Home', 'News']],
    ['Il dit « bonjour » à tous', ['Il dit « bonjour » à tous']],
    ['It was so.[12][note 3]', ['It was so.']],
    ['October (12)', ['October']],
    ['\ufffc is a function', ['\ufffc is a function']],
    ['- item', ['item']],
    ['Windows® 11', ['Windows® 11']],
    ['It is 25°', ['It is 25°']],
    ['^ a b c "What is Parliament?". New Zealand.', ['"What is Parliament?". New Zealand.']],
    ['^ "What is Parliament?"', ['"What is Parliament?"']],
    ['a b c', ['a b c']],
  ])('leave bullets, separators and symbols at the edges outside: %s', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it.each([
    '',
    '   ',
    '\n\n',
    '12,345.6',
    '12/31/2020 – 10:30',
    'https://example.com/a?b=c',
    'me@example.com',
    '🎉🎉',
    '€ 100',
    '@name #tag',
    '{count}',
    '%s',
    'e',
    'B)',
    '^ a',
  ])('are none in "%s"', (text) => {
    expect(cut(text)).toEqual([]);
  });

  it('cut a sentence that is too long behind a clause, or else between words', () => {
    const clause = 'the red house stands in the white street and the dog sees it';
    const long = Array.from({ length: 12 }, () => clause).join(', ');
    const parts = cut(long);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.slice(0, -1).every((part) => part.endsWith(',') && part.length <= 480)).toBe(true);
    expect(parts.join(' ')).toBe(long);
    const words = cut('word '.repeat(400).trim());
    expect(words.every((part) => part.length <= 480 && !/^\s|\s$/.test(part))).toBe(true);
    expect(words.join(' ')).toBe('word '.repeat(400).trim());
  });

  it('pass over 100,000 characters without a space in no time', () => {
    expect(cut(`${'x'.repeat(100_000)} The house.`)).toEqual(['The house.']);
  });

  it('cut unspaced scripts between graphemes', () => {
    const text = '이'.repeat(10) + '家'.repeat(500);
    const parts = cut(text, 'zh');
    expect(parts.join('')).toBe(text);
    expect(parts.every((part) => part.length <= 160)).toBe(true);
  });
});
