// The default model itself, in Node on one thread: what its actions keep over texts of many kinds, and that composing runs through.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureLookup } from '../../../scripts/bench/rewriting.ts';
import { openModels } from '../../../scripts/evaluation/node-models.ts';
import { evaluateRewriting, lostIn, summaryOf } from '../../../scripts/evaluation/rewriting.ts';
import type { Rewritten } from '../../../scripts/evaluation/rewriting.ts';
import type { Hunk, RewriteTask, TaskEvent } from '../../../lib/protocol.ts';
import { applyHunks } from '../../../lib/tasks/rewrite/diff.ts';
import { rewrite } from '../../../lib/tasks/rewrite/rewrite.ts';

const SLOW_MS = 300_000;
let models: Awaited<ReturnType<typeof openModels>>;
beforeAll(async () => {
  models = await openModels();
}, SLOW_MS);
afterAll(() => models.close());

describe('every action that it offers, over texts of many kinds', () => {
  let results: Rewritten[];
  beforeAll(async () => {
    results = await evaluateRewriting(models);
  }, SLOW_MS);

  it('covers enough', () => {
    for (const { texts, changed } of summaryOf(results)) {
      expect(texts).toBeGreaterThanOrEqual(60);
      expect(changed).toBeGreaterThan(0);
    }
  });

  it('all keep every number, name, link, negation and piece of code', () => {
    expect(results.filter(({ lost }) => lost.length > 0).map(({ result, lost }) => [lost, result])).toEqual([]);
  });

  it('and so does each hunk alone', () => {
    for (const { sample, hunks } of results) {
      for (const hunk of hunks) expect(lostIn(sample, applyHunks(sample.text, [hunk]))).toEqual([]);
    }
  });

  it('shortening takes a tenth of the words', () => {
    const { wordsBefore, wordsAfter } = summaryOf(results).find(({ action }) => action === 'shorten')!;
    expect(wordsAfter / wordsBefore).toBeLessThan(0.9);
  });
});

describe('composing, as if it were a model that may', () => {
  it(
    'streams, and proposes hunks of the original that make what it wrote',
    async () => {
      const entry = { ...models.entry, methods: { ...models.entry.methods, rewrite: 'composes' as const } };
      const text = 'The meeting is on Monday at 10:30.\nPlease bring the 3 red folders.';
      const task: RewriteTask = { kind: 'rewrite', action: 'improve', text, language: 'en', instruction: '' };
      const events: TaskEvent[] = [];
      for await (const event of rewrite(task, { ...models, entry }, new AbortController().signal)) events.push(event);
      const hunks = events.flatMap((event): Hunk[] => (event.kind === 'hunks' ? event.hunks : []));
      const streamed = events.flatMap((event) => (event.kind === 'delta' ? [event.text] : [])).join('');
      expect(streamed.length).toBeGreaterThan(10);
      expect(events.at(-1)).toMatchObject({ kind: 'done' });
      // Whatever it wrote: what is wrong with it stands on its hunks.
      const result = applyHunks(text, hunks);
      const doubts = new Set(hunks.flatMap((hunk) => hunk.doubts));
      const lost = lostIn(task, result);
      if (lost.includes('numbers')) expect(doubts).toContain('number');
      if (lost.includes('negations')) expect(doubts).toContain('negation');
    },
    SLOW_MS,
  );
});

describe('prompt lookup, in int8', () => {
  it(
    'writes what plain decoding writes, for all but one paragraph at most: runs of several rows round a little otherwise',
    async () => {
      const [on] = await measureLookup(await models.model(), { runs: 1, paragraphs: 3 });
      expect(on.newTokens).toBeGreaterThan(100);
      expect(on.same).toBeGreaterThanOrEqual(2);
    },
    2 * SLOW_MS,
  );
});
