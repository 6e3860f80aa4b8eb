// Work that gives way: begun beside nothing, ended by anything, and never by itself in the way.
import { expect, test } from 'vitest';
import { SpareTime } from '../../../lib/engine/spare-time.ts';
import type { ReadAheadTask } from '../../../lib/protocol.ts';
import { ARTICLE, summarizeTask } from '../../fakes/article.ts';
import { aborted, FakeEngine, gate, until } from '../../fakes/engine.ts';
import { collect, drain, forever } from '../../fakes/events.ts';

const AHEAD: ReadAheadTask = { kind: 'read-ahead', articles: [ARTICLE], history: [] };

function setUp() {
  const spareTime = new SpareTime();
  const [reader, worker] = [new FakeEngine(), new FakeEngine()];
  return { reader, worker, ahead: spareTime.last(reader), work: spareTime.first(worker) };
}

test('other work ends it at once, and what it was is no error', async () => {
  const { reader, ahead, work } = setUp();
  reader.beforeEvent = (_, signal) => aborted(signal);
  const reading = drain(ahead.run(AHEAD, forever()));
  await until(() => reader.running === 1);
  const events = await drain(work.run(summarizeTask(), forever()));
  expect(reader.running).toBe(0);
  expect(events.length).toBeGreaterThan(5);
  expect(await reading).toEqual([{ kind: 'done', finishReason: 'stop', metrics: null }]);
});

test('it is not begun beside other work, and is again after it', async () => {
  const { reader, worker, ahead, work } = setUp();
  const { passed, open } = gate();
  worker.beforeEvent = () => passed;
  const working = drain(work.run(summarizeTask(), forever()));
  await until(() => worker.running === 1);
  await drain(ahead.run(AHEAD, forever()));
  expect(reader.tasks).toEqual([]);
  open();
  await working;
  expect((await drain(ahead.run(AHEAD, forever()))).length).toBeGreaterThan(5);
  expect(reader.tasks).toEqual([AHEAD]);
});

test('whoever asked for it ends it too (the page navigates, the panel closes), and hears so', async () => {
  const { reader, ahead } = setUp();
  reader.beforeEvent = (_, signal) => aborted(signal);
  const stop = new AbortController();
  const reading = collect(ahead.run(AHEAD, stop.signal));
  await until(() => reader.running === 1);
  stop.abort();
  expect((await reading).error).toMatchObject({ code: 'aborted' });
  expect(reader.running).toBe(0);
});
