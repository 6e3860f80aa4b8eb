import { expect, onTestFinished, test } from 'vitest';
import { WorkerPool } from '../../../lib/engine/worker-pool.ts';
import type { WorkerPoolOptions } from '../../../lib/engine/worker-pool.ts';
import { AppError } from '../../../lib/errors.ts';
import type { DownloadTask } from '../../../lib/protocol.ts';
import { summarizeTask, translateTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, gate, nextTurn, until } from '../../fakes/engine.ts';
import { collect, forever } from '../../fakes/events.ts';
import { FakeWorker } from '../../fakes/worker.ts';

const DOWNLOAD: DownloadTask = { kind: 'download', pair: { from: 'en', to: 'de' }, mirror: '' };

/** Its workers run these engines, one after the other, the last one again and again. */
function pool(inner: FakeEngine[], options: Partial<WorkerPoolOptions> = {}) {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    const engine = inner[Math.min(workers.length, inner.length - 1)];
    workers.push(new FakeWorker(() => engine));
    return workers.at(-1)!;
  };
  const engine = new WorkerPool({
    spawn,
    assetsUrl: 'https://package.invalid/',
    workers: 2,
    idleWorkerMs: 60_000,
    ...options,
  });
  onTestFinished(() => engine.dispose());
  const run = (signal = forever()) => collect(engine.run(translateTask(), signal));
  return { engine, workers, run };
}

test('one task after the other: one worker', async () => {
  const { workers, run } = pool([new FakeEngine()]);
  for (let task = 0; task < 3; task++) {
    expect((await run()).events.at(-1)).toMatchObject({ kind: 'done' });
    await nextTurn();
  }
  expect(workers.length).toBe(1);
});

test('many at once: as many workers as allowed, one task each, all done in the order of asking', async () => {
  const inner = [new FakeEngine(), new FakeEngine()];
  const { passed, open } = gate();
  for (const engine of inner) engine.beforeEvent = () => passed;
  const { workers, run } = pool(inner);
  const ended: number[] = [];
  const runs = Array.from({ length: 9 }, async (_, index) => {
    const { error } = await run();
    expect(error).toBeUndefined();
    ended.push(index);
  });
  await until(() => inner[0].running + inner[1].running === 2);
  open();
  await Promise.all(runs);
  expect(workers.length).toBe(2);
  expect(inner.map(({ mostRunning }) => mostRunning)).toEqual([1, 1]);
  // Two at a time: no task is overtaken by more than its neighbour.
  for (const [place, index] of ended.entries()) expect(Math.abs(place - index)).toBeLessThanOrEqual(1);
});

test('an abort while waiting gives up the place', async () => {
  const inner = new FakeEngine();
  inner.beforeEvent = (_, signal) => aborted(signal);
  const { run } = pool([inner], { workers: 1 });
  const [first, second] = [new AbortController(), new AbortController()];
  const one = run(first.signal);
  await until(() => inner.running === 1);
  const two = run(second.signal);
  second.abort();
  expect(await two).toMatchObject({ events: [], error: { code: 'aborted' } });
  inner.beforeEvent = nextTurn;
  const three = run();
  first.abort();
  expect((await one).error).toMatchObject({ code: 'aborted' });
  expect((await three).error).toBeUndefined();
  expect(inner.tasks.length).toBe(2);
});

test('a silent worker is ended, and the next task has another', async () => {
  const silent = new FakeEngine();
  silent.beforeEvent = () => new Promise(() => undefined);
  const { workers, run } = pool([silent, new FakeEngine()], { deadlines: { loadMs: 20, stopMs: 20 } });
  expect((await run()).error).toMatchObject({ code: 'timed-out' });
  expect((await run()).error).toBeUndefined();
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
});

test.each([
  ['out-of-memory', [true, false]],
  ['pack-missing', [false]],
] as const)('after %s: workers ended %j', async (code, ended) => {
  const { workers, run } = pool([new FakeEngine([new AppError(code)]), new FakeEngine()]);
  expect((await run()).error).toMatchObject({ code });
  await nextTurn();
  await run();
  expect(workers.map(({ terminated }) => terminated)).toEqual(ended);
});

test('a download has a worker of its own, ended with it', async () => {
  const inner = [new FakeEngine(), new FakeEngine(SCRIPT)];
  inner[0].beforeEvent = (_, signal) => aborted(signal);
  const { engine, workers, run } = pool(inner, { workers: 1 });
  const pause = new AbortController();
  const download = collect(engine.run(DOWNLOAD, pause.signal));
  await until(() => inner[0].running === 1);
  expect((await run()).error).toBeUndefined();
  pause.abort();
  expect((await download).error).toMatchObject({ code: 'aborted' });
  await until(() => workers[0].terminated);
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
});

test('summarizes nothing', async () => {
  const { engine, workers } = pool([new FakeEngine()]);
  expect((await collect(engine.run(summarizeTask(), forever()))).error).toMatchObject({ code: 'internal' });
  expect(workers).toEqual([]);
});
