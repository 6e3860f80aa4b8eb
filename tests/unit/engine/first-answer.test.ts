import { expect, test } from 'vitest';
import { answerFirst } from '../../../lib/engine/first-answer.ts';
import type { ChatTask } from '../../../lib/protocol.ts';
import { ARTICLE, summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, nextTurn, SCRIPT } from '../../fakes/engine.ts';

const around = (inner: FakeEngine) =>
  answerFirst({ run: (task, signal) => inner.run(task, signal), attach: () => Promise.resolve(null) });

test('the page’s own sentences come first, before the engine has said anything', async () => {
  const inner = new FakeEngine();
  inner.beforeEvent = nextTurn;
  const run = around(inner).run(summarizeTask(), new AbortController().signal)[Symbol.asyncIterator]();
  const { value } = (await run.next()) as { value: { kind: string; quotes: { text: string; support: string }[] } };
  expect(value.kind).toBe('quotes');
  expect(value.quotes.length).toBeGreaterThan(0);
  for (const { text, support } of value.quotes) {
    expect(support).toBe('quoted');
    expect(ARTICLE.blocks.some((block) => block.text.includes(text))).toBe(true);
  }
  // Asked already: whoever leaves now leaves a job behind.
  expect(inner.tasks).toHaveLength(1);
  const rest = [];
  for await (const event of { [Symbol.asyncIterator]: () => run }) rest.push(event);
  expect(rest).toEqual(SCRIPT);
});

test('take little for a page of 3,000 words', async () => {
  const paragraph = (index: number) =>
    `Chapter ${index} tells how ships of the year ${1500 + index} crossed the bay when the tide was high. ` +
    'Their captains wrote down each hour of it, and later sailors trusted what they had written. '.repeat(4);
  const blocks = Array.from({ length: 40 }, (_, index) => ({ kind: 'paragraph' as const, text: paragraph(index) }));
  expect(blocks.reduce((sum, { text }) => sum + text.split(' ').length, 0)).toBeGreaterThan(3_000);
  const run = around(new FakeEngine()).run(summarizeTask({ blocks }), new AbortController().signal);
  // Time on the processor, so that what else the machine does is not measured.
  const before = process.cpuUsage();
  await run[Symbol.asyncIterator]().next();
  const { user, system } = process.cpuUsage(before);
  // On a crowded machine each step takes longer, too. How soon they stand is for the benchmark to say.
  expect((user + system) / 1_000).toBeLessThan(500);
});

test('nothing after an abort', async () => {
  const run = around(new FakeEngine()).run(summarizeTask(), AbortSignal.abort())[Symbol.asyncIterator]();
  await expect(run.next()).rejects.toMatchObject({ code: 'aborted' });
});

test('of a question, only what the engine says', async () => {
  const task: ChatTask = { kind: 'chat', question: 'What does the Moon pull?', articles: [ARTICLE], history: [] };
  const said = [];
  for await (const event of around(new FakeEngine()).run(task, new AbortController().signal)) said.push(event);
  expect(said).toEqual(SCRIPT);
});
