// Random texts with random marks, and translators from faithful to mad: the laws hold for all.
import { describe, expect, it } from 'vitest';
import type { AlignedPiece, Translator } from '../../../lib/model/translator.ts';
import type { Mark, MarkedText } from '../../../lib/protocol.ts';
import { FakeTranslator } from '../../fakes/translator.ts';
import { violations } from './invariants.ts';
import { translations } from './run.ts';

/** Mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  ...'the red house is not here and we see it'.split(' '),
  ...[
    'The',
    'House',
    'NASA',
    'RED HOUSE',
    'Dr.',
    'well-known',
    'dog’s',
    'Zoë',
    'naïve',
    'e\u0301te\u0301',
    '1,234.5',
    '2024',
    '€9.99',
    '100 €',
  ],
  ...['“the', 'house”', '(red)', '—', '–', '…', '...', ',', '.', '!', '?', '. ', '\n', ': ', '"', "'"],
  ...[
    '🎉',
    '👩‍👩‍👧',
    '🇧🇷',
    '👋🏽',
    '1️⃣',
    '❤️',
    '→',
    '•',
    '|',
    '®',
    '™',
    'm²',
    '\u0000',
    '\ud83c',
    '\udf89',
    '\u200d',
    '\u202e',
  ],
  ...['東京', 'かな', 'ไทยกำ', 'ελλάς', 'दिल्ली', 'שלום', '이름'],
  ...[
    'https://example.com/a?b=c',
    'me@example.com',
    '{name}',
    '%s',
    '`code`',
    'foo_bar()',
    'X1',
    '@me',
    '#tag',
    '<b>',
    '~5',
    '5 × 3',
  ],
];

function randomText(random: (below: number) => number): MarkedText {
  let text = '';
  const length = random(40);
  for (let i = 0; i < length; i++) text += PIECES[random(PIECES.length)] + (random(5) > 0 ? ' ' : '');
  return { text, marks: randomMarks(text, random) };
}

/** A random tree: each mark divides the range of its parent behind its last sibling. */
function randomMarks(text: string, random: (below: number) => number): Mark[] {
  const marks: Mark[] = [];
  const graphemes = [...new Intl.Segmenter().segment(text)].map(({ index }) => index).concat(text.length);
  const fill = (from: number, to: number, depth: number) => {
    let at = from;
    while (depth < 4 && random(3) > 0) {
      const start = at + random(to - at + 1);
      const end = random(4) === 0 ? start : start + random(to - start + 1);
      marks.push({ id: marks.length * 7, start: graphemes[start], end: graphemes[end] });
      if (end > start) fill(start, end, depth + 1);
      at = end;
    }
  };
  fill(0, graphemes.length - 1, 0);
  return marks;
}

/** Says something else entirely, with an alignment that means nothing. */
function mad(random: (below: number) => number): Translator {
  const translator = new FakeTranslator();
  translator.translate = (sentences) =>
    Promise.resolve(
      sentences.map((sentence) => {
        const words = sentence.split(' ').filter(() => random(3) > 0);
        for (let i = words.length - 1; i > 0; i--) {
          const j = random(i + 1);
          [words[i], words[j]] = [words[j], words[i]];
        }
        let text = '';
        const alignment: AlignedPiece[] = [];
        for (const word of words) {
          const sourceStart = random(sentence.length + 1);
          const sourceEnd = Math.min(sentence.length, sourceStart + random(12));
          alignment.push({ start: text.length, end: text.length + word.length, sourceStart, sourceEnd });
          text += `${word} `;
        }
        return { text: text.trim(), alignment };
      }),
    );
  return translator;
}

describe.each([
  ['word by word', () => new FakeTranslator()],
  ['without alignments', () => new FakeTranslator({ aligns: false })],
  ['shuffled, with alignments at random', mad],
  ['nothing', () => new FakeTranslator({ fault: () => '' })],
  ['the same short text always', () => new FakeTranslator({ fault: () => 'Uma casa.' })],
])('for a translator that says things %s', (_, make) => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('the laws hold (seed %i)', async (seed) => {
    const random = randomFrom(seed * 1000);
    const texts = Array.from({ length: 25 }, () => randomText(random));
    const results = await translations(texts, { translator: make(random) });
    results.forEach((result, index) => {
      expect({ source: texts[index], result, broken: violations(texts[index], result) }).toMatchObject({ broken: [] });
    });
  });
});
