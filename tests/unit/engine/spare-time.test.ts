// Work that gives way: begun beside nothing, ended by anything, taken up again after it, and never by itself in the way.
import { expect, test } from 'vitest';
import { SpareTime } from '../../../lib/engine/spare-time.ts';
import type { ReadAheadTask } from '../../../lib/protocol.ts';
import { ARTICLE, summarizeTask } from '../../fakes/article.ts';
import { aborted, FakeEngine, gate, until } from '../../fakes/engine.ts';
import { collect, drain, forever } from '../../fakes/events.ts';

const AHEAD: ReadAheadTask = { kind: 'read-ahead', articles: [ARTICLE], history: [] };
const CALM_MS = 10;

function setUp() {
  const spareTime = new SpareTime(CALM_MS);
  const [reader, worker] = [new FakeEngine(), new FakeEngine()];
  return { reader, worker, ahead: spareTime.last(reader), work: spareTime.first(worker) };
}

test('other work ends it at once; it is taken up again after that, as one run', async () => {
  const { reader, worker, ahead, work } = setUp();
  const { passed, open } = gate();
  worker.beforeEvent = () => passed;
  reader.beforeEvent = (_, signal) => aborted(signal);
  const reading = drain(ahead.run(AHEAD, forever()));
  await until(() => reader.running === 1);
  const working = drain(work.run(summarizeTask(), forever()));
  await until(() => reader.running === 0);
  expect(reader.tasks).toHaveLength(1);

  reader.beforeEvent = () => Promise.resolve();
  open();
  expect((await working).length).toBeGreaterThan(5);
  const events = await reading;
  expect(reader.tasks).toEqual([AHEAD, AHEAD]);
  expect(events.filter(({ kind }) => kind === 'done')).toEqual([events.at(-1)]);
});

test('it is not begun beside other work, nor between two pieces of it', async () => {
  const { reader, worker, ahead, work } = setUp();
  const pieces = [gate(), gate()];
  const begin = ({ passed }: (typeof pieces)[number]) => {
    worker.beforeEvent = () => passed;
    return drain(work.run(summarizeTask(), forever()));
  };
  const first = begin(pieces[0]);
  await until(() => worker.running === 1);
  const reading = drain(ahead.run(AHEAD, forever()));
  pieces[0].open();
  await first;
  const second = begin(pieces[1]);
  await until(() => worker.running === 1);
  await new Promise((over) => setTimeout(over, 3 * CALM_MS));
  expect(reader.tasks).toEqual([]);
  pieces[1].open();
  await second;
  expect((await reading).length).toBeGreaterThan(5);
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

test('also while it waits for other work to end, and it is not begun then', async () => {
  const { reader, worker, ahead, work } = setUp();
  const { passed, open } = gate();
  worker.beforeEvent = () => passed;
  const working = drain(work.run(summarizeTask(), forever()));
  await until(() => worker.running === 1);
  const stop = new AbortController();
  const reading = collect(ahead.run(AHEAD, stop.signal));
  stop.abort();
  expect((await reading).error).toMatchObject({ code: 'aborted' });
  open();
  await working;
  expect(reader.tasks).toEqual([]);
});
