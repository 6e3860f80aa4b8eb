// Hunks are edits of the original, for any text: all of them make the new text, none the old, some a text of only those two.
import { describe, expect, it } from 'vitest';
import { applyHunks, diffWords } from '../../../lib/tasks/rewrite/diff.ts';
import { createRandom } from './random.ts';

const WORDS = [
  ...'the quick brown fox jumps over lazy dog don’t it’s 3.14 1,000 https://example.org/a?b=c {name} %s'.split(' '),
  ...'今天 天气 很好 我们 去 公园 とても 楽しい です 안녕하세요 สวัสดี ครับ'.split(' '),
  ...'שלום עולם مرحبا بالعالم הקטן'.split(' '),
  ...['👩‍👩‍👧‍👦', '🇧🇷', '👍🏽', 'e\u0301te\u0301', 'क्षि', '한', '\u200f', '\ud83d\ude00', '\ufeff'],
];
const MARKS = [' ', ' ', ' ', ' ', '  ', '\n', '\r\n', '. ', ', ', '', '、', '。', '\u0301', '\u200d', '\t'];

const random = createRandom(20);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
const text = (length: number) => Array.from({ length }, () => pick(WORDS) + pick(MARKS)).join('');
const anyUnicode = (length: number) =>
  Array.from({ length }, () => {
    const point = Math.floor(random() * 0x3000) + (random() < 0.2 ? 0x1f000 : 0);
    return String.fromCodePoint(point >= 0xd800 && point < 0xe000 ? 0x41 : point);
  }).join('');

/** The text with some of its pieces dropped, doubled, exchanged or moved. */
function revised(from: string): string {
  const pieces = from.match(/\S+\s*|\s+/gu) ?? [];
  return pieces
    .flatMap((piece) => {
      const chance = random();
      if (chance < 0.1) return [];
      if (chance < 0.2) return [pick(WORDS) + pick(MARKS)];
      return chance < 0.25 ? [piece, piece] : [piece];
    })
    .join('');
}

const pairs = Array.from({ length: 400 }, (_, i) => {
  const before = i % 4 === 0 ? anyUnicode(i % 60) : text(i % 50);
  return [before, i % 5 === 0 ? text(i % 30) : revised(before)] as const;
});

const graphemeStarts = (of: string) =>
  new Set([...new Intl.Segmenter().segment(of)].map(({ index }) => index).concat(of.length));

describe('any two texts', () => {
  it('all hunks make the new one, none the old one', () => {
    for (const [before, after] of pairs) {
      const hunks = diffWords(before, after);
      expect(applyHunks(before, hunks)).toBe(after);
      expect(applyHunks(before, [])).toBe(before);
      expect(hunks.length === 0).toBe(before === after);
    }
  });

  it('some hunks make a text of only the two: each hunk’s place holds its old or its new words, the rest stays', () => {
    for (const [before, after] of pairs) {
      const hunks = diffWords(before, after);
      const taken = hunks.map(() => random() < 0.5);
      let expected = '';
      let from = 0;
      hunks.forEach(({ start, end, replacement }, i) => {
        expect(start).toBeGreaterThanOrEqual(from);
        expected += before.slice(from, start) + (taken[i] ? replacement : before.slice(start, end));
        from = end;
      });
      expected += before.slice(from);
      const chosen = hunks.filter((_, i) => taken[i]);
      expect(applyHunks(before, chosen)).toBe(expected);
      expect(applyHunks(before, chosen.reverse())).toBe(expected);
    }
  });

  it('no hunk splits a grapheme, of the old text or the new', () => {
    for (const [before, after] of pairs) {
      const [old, fresh] = [graphemeStarts(before), graphemeStarts(after)];
      let shift = 0;
      for (const { start, end, replacement } of diffWords(before, after)) {
        expect([old.has(start), old.has(end)]).toEqual([true, true]);
        expect([fresh.has(start + shift), fresh.has(start + shift + replacement.length)]).toEqual([true, true]);
        shift += replacement.length - (end - start);
      }
    }
  });
});

describe('what a reader sees', () => {
  const shown = (before: string, after: string) =>
    diffWords(before, after).map(({ start, end, replacement }) => [before.slice(start, end), replacement]);

  it('changes whole words', () => {
    expect(shown('I recieve it.', 'I receive it.')).toEqual([['recieve', 'receive']]);
    expect(shown("He don't know.", "He doesn't know.")).toEqual([["don't", "doesn't"]]);
  });

  it('joins words that change side by side', () => {
    expect(shown('I has went home.', 'I have gone home.')).toEqual([['has went', 'have gone']]);
  });

  it('changes whole words of Chinese too', () => {
    expect(shown('今天天气很好。', '今天天气不好。')).toEqual([['很好', '不好']]);
  });

  it('keeps an emoji of several code points whole', () => {
    expect(shown('ok 👩‍👩‍👧 bye', 'ok 👩‍👩‍👧‍👦 bye')).toEqual([['👩‍👩‍👧', '👩‍👩‍👧‍👦']]);
  });

  it('exchanges what is not one text and its revision, and is not slow about it', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `old${i}`).join(' ');
    const after = Array.from({ length: 20_000 }, (_, i) => `new${i * 7}`).join('\n');
    const from = performance.now();
    expect(applyHunks(before, diffWords(before, after))).toBe(after);
    expect(performance.now() - from).toBeLessThan(5000);
  });
});
