import { describe, expect, test, vi } from 'vitest';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, nextTurn, until } from '../../fakes/engine.ts';
import { collect, forever, textOf } from '../../fakes/events.ts';
import { LOADING, backends, never, supervise } from './supervise.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';

describe('a worker that fails without a word', () => {
  const deadlines = { loadMs: 80, stepMs: 80, tokenMs: 80, stopMs: 80 };

  test.each([
    ['at its start', LOADING],
    ['while it loads', SCRIPT[0]],
    ['while it reads', SCRIPT[1]],
  ])('silent %s: the next backend', async (_, at) => {
    const silent = new FakeEngine([LOADING, ...SCRIPT]);
    silent.beforeEvent = (event) => (event === at ? never() : nextTurn());
    const { run, workers } = supervise([silent, new FakeEngine()], { deadlines });
    const startedAtMs = performance.now();
    const { events } = await run();
    expect(textOf(events)).toBe(textOf(SCRIPT));
    expect(backends(events)).toMatchObject([{ device: 'gpu' }, { device: 'cpu', reason: 'gpuSilent' }]);
    expect(workers[0].terminated).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(80 + 2_000);
  });

  test('silent in mid-answer: timed-out, and the next run succeeds', async () => {
    const silent = new FakeEngine();
    silent.beforeEvent = (event) => (event === SCRIPT[6] ? never() : nextTurn());
    const { run, workers } = supervise([silent, new FakeEngine()], { deadlines });
    const { events, error } = await run();
    expect(error).toMatchObject({ code: 'timed-out', detail: 'token: silent for 80 ms' });
    expect(textOf(events)).toBe(textOf(SCRIPT.slice(0, 6)));
    expect(workers[0].terminated).toBe(true);
    expect(textOf((await run()).events)).toBe(textOf(SCRIPT));
  });

  test('a slow reader is not a silent worker', async () => {
    const { engine, workers } = supervise([new FakeEngine()], { deadlines });
    for await (const event of engine.run(summarizeTask(), forever())) {
      if (event.kind === 'quotes') await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
  });

  test('an error event ends the run at once', async () => {
    const stuck = new FakeEngine();
    stuck.beforeEvent = (event) => (event === SCRIPT[6] ? never() : nextTurn());
    const { engine, workers } = supervise([stuck, new FakeEngine()]);
    const seen: TaskEvent[] = [];
    const run = (async () => {
      for await (const event of engine.run(summarizeTask(), forever())) {
        seen.push(event);
        if (textOf(seen) === textOf(SCRIPT.slice(0, 6))) setImmediate(() => workers[0].crash('script error'));
      }
    })();
    await expect(run).rejects.toMatchObject({ code: 'internal', detail: 'worker: script error' });
  });

  test('one that does not stop when asked is ended, and the next in the queue gets a fresh one', async () => {
    const deaf = new FakeEngine();
    let stuck = false;
    deaf.beforeEvent = (event) => {
      stuck = event === SCRIPT[6];
      return stuck ? never() : nextTurn();
    };
    const { workers, run } = supervise([deaf, new FakeEngine()], { deadlines });
    const controller = new AbortController();
    const first = run(controller.signal);
    await until(() => stuck);
    const second = run();
    controller.abort();
    expect((await first).error).toMatchObject({ code: 'aborted' });
    expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
    expect(textOf((await second).events)).toBe(textOf(SCRIPT));
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });
});

describe('the queue', () => {
  test('fifty at once: one at a time, all answered, in order', async () => {
    const inner = new FakeEngine();
    const { engine, workers } = supervise([inner]);
    const runs = await Promise.all(
      Array.from({ length: 50 }, (_, index) => collect(engine.run(summarizeTask({ title: `${index}` }), forever()))),
    );
    for (const { events, error } of runs) {
      expect(error).toBeUndefined();
      expect(textOf(events)).toBe(textOf(SCRIPT));
    }
    expect(inner.mostRunning).toBe(1);
    expect(inner.titles).toEqual(runs.map((_, index) => `${index}`));
    expect(workers.length).toBe(1);
  });

  test('an abort while waiting ends the wait at once, reaches no worker, and lets nobody overtake', async () => {
    const inner = new FakeEngine();
    inner.beforeEvent = (event, signal) =>
      event === SCRIPT[3] && inner.tasks.length === 1 ? aborted(signal) : nextTurn();
    const { engine } = supervise([inner]);
    const [first, second] = [new AbortController(), new AbortController()];
    const runOf = (title: string, signal = forever()) => collect(engine.run(summarizeTask({ title }), signal));
    const one = runOf('one', first.signal);
    await until(() => inner.running === 1);
    const two = runOf('two', second.signal);
    const three = runOf('three');
    second.abort();
    expect(await two).toMatchObject({ events: [], error: { code: 'aborted' } });
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(inner.tasks.length).toBe(1);
    first.abort();
    expect((await one).error).toMatchObject({ code: 'aborted' });
    expect((await three).error).toBeUndefined();
    expect(inner.titles).toEqual(['one', 'three']);
    expect(inner.mostRunning).toBe(1);
  });

  test('leaving the iteration stops the worker before the next begins', async () => {
    const inner = new FakeEngine();
    const { engine, run } = supervise([inner]);
    const left = engine.run(summarizeTask(), forever());
    for (let count = 0; count < 4; count++) await left.next();
    await left.return();
    expect((await run()).error).toBeUndefined();
    expect(inner.mostRunning).toBe(1);
  });

  test('dispose ends what runs and what waits', async () => {
    const inner = new FakeEngine();
    inner.beforeEvent = (event, signal) => (event === SCRIPT[3] ? aborted(signal) : nextTurn());
    const { engine, workers, run } = supervise([inner]);
    const runs = [run(), run()];
    await until(() => inner.running === 1);
    engine.dispose();
    for (const { error } of await Promise.all(runs)) expect(error).toMatchObject({ code: 'aborted' });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
  });
});

describe('rest', () => {
  test('ends the worker; a run starts another', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { run, workers } = supervise([new FakeEngine()], { idleWorkerMs: 1_000 });
      await run();
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      vi.advanceTimersByTime(900);
      await run();
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      vi.advanceTimersByTime(900);
      expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
      vi.advanceTimersByTime(200);
      expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
      await run();
      expect(workers.length).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
