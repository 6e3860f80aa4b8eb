// "Fix grammar and spelling" with the real checker, as the product runs it: what it finds, and what it must never touch.
import { beforeAll, describe, expect, it } from 'vitest';
import { inNode } from '../../../scripts/evaluation/checker-in-node.ts';
import { evaluateGrammar } from '../../../scripts/evaluation/grammar.ts';
import type { GrammarQuality } from '../../../scripts/evaluation/grammar.ts';
import { applyHunks } from '../../../lib/tasks/rewrite/diff.ts';

const SLOW_MS = 180_000;
const check = inNode();
const fixed = async (text: string, language = 'en') => applyHunks(text, await check(text, language));

beforeAll(() => check('Warm up.', 'en'), SLOW_MS);

describe('over sentences with known faults, and without any', () => {
  let quality: GrammarQuality;
  beforeAll(async () => {
    quality = await evaluateGrammar();
  }, SLOW_MS);

  it('covers enough of both', () => {
    expect(quality.sentences).toBeGreaterThanOrEqual(100);
    expect(quality.cleanSentences).toBeGreaterThanOrEqual(100);
  });

  it('is right in nearly all that it proposes, and proposes nothing where nothing is wrong', () => {
    expect(quality.precision).toBeGreaterThan(0.95);
    expect(quality.wrongInClean).toBe(0);
  });

  it('finds well over half of the faults', () => expect(quality.recall).toBeGreaterThan(0.6));
});

it('says why', async () => {
  const [hunk] = await check('I recieve it.', 'en-US');
  expect(hunk).toMatchObject({ start: 2, end: 9, replacement: 'receive', by: 'checker', doubts: [] });
  expect(hunk.reason).not.toBe('');
});

it('quotes as people do', async () => {
  const [hunk] = await check('Their is two of them.', 'en');
  expect(hunk.reason).toBe('Did you mean “there”?');
});

it('counts as JavaScript does, whatever stands before', async () => {
  expect(await fixed('👩‍👩‍👧 It was e\u0301te\u0301. I recieve it.')).toBe('👩‍👩‍👧 It was e\u0301te\u0301. I receive it.');
});

describe('does not touch', () => {
  it.each([
    ['code', 'Call `recieve_all()` and recieve() again.'],
    ['fenced code', 'Like this:\n```\nlet recieve = a;\n```'],
    ['addresses', 'See https://example.org/recieve and write to recieve@example.org.'],
    ['placeholders', 'Dear {recieve}, you have {{recieve}} and %s.'],
    ['quotations', 'She wrote “I has recieve it” on the wall.'],
    ['quoted mail', '> I has recieve it'],
    ['another language', 'Ich habe das nicht gesehen, aber er hat mir davon erzählt.'],
    ['a sentence in another language', 'He said it. Je ne sais pas où il est allé avec les enfants. Fine.'],
    ['names', 'We met Kaitaia Nwosu and Odessa in Te Araroa.'],
    ['what is said twice', 'The varint is short. A varint has no end.'],
    ['either spelling', 'The colour of the programme and the color of the program.'],
  ])('%s', async (_, text) => expect(await fixed(text)).toBe(text));
});

it('knows whose English it is', async () => {
  expect(await fixed('The colour is nice.', 'en-GB')).toBe('The colour is nice.');
  expect(await fixed('The colour is nice.', 'en-US')).toBe('The color is nice.');
  expect(await fixed('The colour is nice.', 'en')).toBe('The colour is nice.');
});
