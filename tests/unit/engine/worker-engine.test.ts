import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Backend, Ranking } from '../../../lib/engine/backend.ts';
import { fitsMemory } from '../../../lib/engine/memory-budget.ts';
import type { WorkerEngine, WorkerEngineOptions } from '../../../lib/engine/worker-engine.ts';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { BackendEvent, TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT, aborted, nextTurn, statement, until } from '../../fakes/engine.ts';
import { MemoryStore, workerEngine } from '../../fakes/hosted.ts';
import { FakeWorker } from '../../fakes/worker.ts';

const GPU: Backend = { device: 'gpu', threads: 1 };
const CPU: Backend = { device: 'cpu', threads: 2 };
const BOTH: Ranking = { backends: [GPU, CPU] };
const LOADING: TaskEvent = { kind: 'progress', phase: 'loading', fraction: 0, loadedBytes: 0, totalBytes: 1 };
const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };

const forever = () => new AbortController().signal;
const never = () => new Promise<never>(() => undefined);
const textOf = (events: TaskEvent[]) => events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
const backends = (events: TaskEvent[]) => events.filter((event): event is BackendEvent => event.kind === 'backend');

const engines: WorkerEngine[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.dispose()));

async function collect(events: AsyncIterable<TaskEvent>) {
  const seen: TaskEvent[] = [];
  try {
    for await (const event of events) seen.push(event);
    return { events: seen };
  } catch (error) {
    return { events: seen, error };
  }
}

/** A supervisor whose workers run these engines, one after the other, the last one again and again. */
function supervise(inner: FakeEngine[], options: Partial<WorkerEngineOptions> = {}) {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    const worker = new FakeWorker(() => inner[Math.min(workers.length, inner.length) - 1]);
    workers.push(worker);
    return worker;
  };
  const store = new MemoryStore();
  const engine = workerEngine({ spawn, store, probe: () => Promise.resolve(BOTH), ...options });
  engines.push(engine);
  const run = (signal = forever()) => collect(engine.run(summarizeTask(), signal));
  return { engine, workers, store, run, devices: () => workers.map(({ start }) => start?.device) };
}

describe('the choice of a backend', () => {
  test('the first of the ranking, in one worker for all runs', async () => {
    const { run, workers } = supervise([new FakeEngine()]);
    expect(backends((await run()).events)).toEqual([
      { kind: 'backend', model: 'SmolLM2 135M', device: 'gpu', threads: 1 },
    ]);
    await run();
    expect(workers.map(({ start }) => start)).toEqual([
      { kind: 'start', ...GPU, entry: DEFAULT_MODEL, assetsUrl: 'https://package.invalid/' },
    ]);
  });

  test('the probe says why not the GPU, and is asked again only after a failure', async () => {
    const probe = vi.fn<() => Promise<Ranking>>();
    probe
      .mockRejectedValueOnce(new AppError('unsupported'))
      .mockResolvedValue({ backends: [CPU], reason: 'gpuMissing' });
    const { run } = supervise([new FakeEngine()], { probe });
    expect((await run()).error).toMatchObject({ code: 'unsupported' });
    expect(backends((await run()).events)).toMatchObject([{ device: 'cpu', threads: 2, reason: 'gpuMissing' }]);
    await run();
    expect(probe).toHaveBeenCalledTimes(2);
  });

  test('a probe that hangs', async () => {
    const { run } = supervise([new FakeEngine()], { probe: never, deadlines: { probeMs: 20 } });
    expect((await run()).error).toMatchObject({ code: 'timed-out' });
  });

  test.each([
    ['out-of-memory', 'gpuOutOfMemory'],
    ['device-lost', 'gpuLost'],
    ['load-failed', 'gpuFailed'],
    ['internal', 'gpuFailed'],
  ] as const)('%s before any text: the next backend, in a new worker, in the same run', async (code, reason) => {
    const { run, workers, devices } = supervise([
      new FakeEngine([...SCRIPT.slice(0, 3), new AppError(code)]),
      new FakeEngine(),
    ]);
    const { events, error } = await run();
    expect(error).toBeUndefined();
    expect(textOf(events)).toBe(textOf(SCRIPT));
    expect(backends(events)).toMatchObject([{ device: 'gpu' }, { device: 'cpu', reason }]);
    expect(devices()).toEqual(['gpu', 'cpu']);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    const fractions = events.flatMap((event) => (event.kind === 'progress' ? [event] : []));
    expect(fractions.slice(0, 3).map(({ phase, fraction }) => [phase, fraction])).toEqual([
      ['reading', 0],
      ['reading', 1],
      ['reading', 1], // the second worker begins anew, the progress does not
    ]);
  });

  test('device-lost in the middle of an answer: reported once, the next run takes the next backend', async () => {
    const { run, devices } = supervise([
      new FakeEngine([...SCRIPT.slice(0, 6), new AppError('device-lost')]),
      new FakeEngine(),
    ]);
    const lost = await run();
    expect(lost.error).toMatchObject({ code: 'device-lost' });
    expect(textOf(lost.events)).toBe(textOf(SCRIPT.slice(0, 6)));
    const next = await run();
    expect(textOf(next.events)).toBe(textOf(SCRIPT));
    expect(backends(next.events)).toMatchObject([{ device: 'cpu', reason: 'gpuLost' }]);
    expect(devices()).toEqual(['gpu', 'cpu']);
  });

  test('a corrupt model is not tried on another backend; a good one loads next time, in a fresh worker', async () => {
    const { run, devices } = supervise([new FakeEngine([new AppError('model-corrupt')]), new FakeEngine()]);
    expect((await run()).error).toMatchObject({ code: 'model-corrupt' });
    expect(textOf((await run()).events)).toBe(textOf(SCRIPT));
    expect(devices()).toEqual(['gpu', 'gpu']);
  });

  test('the last backend fails: its error, and a fresh worker next time', async () => {
    const { run, workers } = supervise([new FakeEngine([new AppError('load-failed', 'why')]), new FakeEngine()], {
      probe: () => Promise.resolve({ backends: [CPU] }),
    });
    expect((await run()).error).toMatchObject({ code: 'load-failed', detail: 'why' });
    expect((await run()).error).toBeUndefined();
    expect(workers.length).toBe(2);
  });

  test.each(['no-content', 'input-too-long'] as const)('%s says nothing against the worker', async (code) => {
    const { run, workers } = supervise([new FakeEngine([new AppError(code)])]);
    expect((await run()).error).toMatchObject({ code });
    expect((await run()).error).toMatchObject({ code });
    expect(workers.length).toBe(1);
  });

  test('what does not fit is not loaded', async () => {
    const some = supervise([new FakeEngine()], { fits: (_, { device }) => device === 'cpu' });
    expect(backends((await some.run()).events)).toMatchObject([{ device: 'cpu' }]);
    const none = supervise([new FakeEngine()], { fits: () => false });
    expect((await none.run()).error).toMatchObject({ code: 'out-of-memory' });
    expect(none.workers).toEqual([]);
  });

  test('the memory budget', () => {
    const megabytes = (count: number) => count * 1e6;
    expect(fitsMemory(megabytes(98), 'cpu', 8)).toBe(true);
    expect(fitsMemory(megabytes(98), 'cpu', 1)).toBe(true);
    expect(fitsMemory(megabytes(98), 'cpu', 0.5)).toBe(false);
    expect(fitsMemory(megabytes(98), 'cpu')).toBe(true);
    expect(fitsMemory(megabytes(800), 'cpu', 32)).toBe(false);
    expect(fitsMemory(megabytes(800), 'gpu', 32)).toBe(true);
    expect(fitsMemory(megabytes(800), 'gpu', 4)).toBe(false);
    expect(fitsMemory(megabytes(1300), 'gpu', 32)).toBe(false);
  });
});

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
    const abortedAtMs = performance.now();
    controller.abort();
    expect((await first).error).toMatchObject({ code: 'aborted' });
    expect(performance.now() - abortedAtMs).toBeLessThan(50);
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
    expect(inner.tasks.map(({ article }) => article.title)).toEqual(runs.map((_, index) => `${index}`));
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
    expect(inner.tasks.map(({ article }) => article.title)).toEqual(['one', 'three']);
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
  test('ends the worker, then calls the host idle; a run begins both anew', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const onIdle = vi.fn();
      const { run, workers } = supervise([new FakeEngine()], { idleWorkerMs: 1_000, idleHostMs: 5_000, onIdle });
      await run();
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      vi.advanceTimersByTime(900);
      await run();
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      vi.advanceTimersByTime(900);
      expect(workers.map(({ terminated }) => terminated)).toEqual([false]);
      vi.advanceTimersByTime(200);
      expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
      expect(onIdle).not.toHaveBeenCalled();
      vi.advanceTimersByTime(4_000);
      expect(onIdle).toHaveBeenCalledTimes(1);
      await run();
      expect(workers.length).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the crash breaker', () => {
  const loads = () =>
    new FakeEngine([LOADING, { kind: 'delta', text: 'a' }, { kind: 'statement', statement: statement('a') }, DONE]);

  /** The browser goes down while this host loads: nothing of it goes on, its store stays. */
  async function crashWhileLoading(store: MemoryStore): Promise<(string | undefined)[]> {
    const stuck = new FakeEngine([LOADING, DONE]);
    stuck.beforeEvent = (event) => (event === DONE ? never() : nextTurn());
    const { engine, devices } = supervise([stuck], { store });
    const run = engine.run(summarizeTask(), forever());
    const seen: TaskEvent[] = [];
    void (async () => {
      for await (const event of run) seen.push(event);
    })().catch((error: unknown) => seen.push({ kind: 'delta', text: String(error) }));
    await until(() => seen.includes(LOADING) || seen.some(({ kind }) => kind !== 'backend'));
    expect(store.record?.loading).toMatchObject({ model: 'smollm2-135m-instruct', device: devices()[0] });
    const atCrash = structuredClone(store.record!);
    engine.dispose();
    await nextTurn();
    store.record = atCrash;
    return devices();
  }

  test('writes before the load what it clears after the first text', async () => {
    const store = new MemoryStore();
    const inner = loads();
    const { engine } = supervise([inner], { store });
    for await (const event of engine.run(summarizeTask(), forever())) {
      if (event === LOADING) expect(store.record?.loading).toMatchObject({ device: 'gpu' });
      if (event.kind === 'statement') expect(store.record?.loading).toBeNull();
    }
    expect(store.record).toEqual({ loading: null, crashes: {} });
  });

  test('a crash demotes the device; the next start says so', async () => {
    const store = new MemoryStore();
    expect(await crashWhileLoading(store)).toEqual(['gpu']);
    const { run } = supervise([loads()], { store });
    expect(backends((await run()).events)).toMatchObject([{ device: 'cpu', reason: 'gpuCrashed' }]);
    expect(store.record).toMatchObject({ loading: null, crashes: { 'smollm2-135m-instruct gpu': 1 } });
  });

  test('three crashes turn the model off, until the record is deleted', async () => {
    const store = new MemoryStore();
    const devices = [];
    for (let crash = 0; crash < 3; crash++) devices.push(...(await crashWhileLoading(store)));
    expect(devices).toEqual(['gpu', 'cpu', 'cpu']);
    const { run, workers } = supervise([loads()], { store });
    expect((await run()).error).toMatchObject({ code: 'load-failed' });
    expect(workers).toEqual([]);
    store.record = undefined;
    expect((await run()).error).toBeUndefined();
  });

  test('a run that loads nothing proves nothing', async () => {
    const store = new MemoryStore();
    await crashWhileLoading(store);
    await crashWhileLoading(store);
    const { run } = supervise([new FakeEngine()], { store });
    expect((await run()).error).toBeUndefined();
    await until(() => store.record?.loading === null);
    expect(Object.values(store.record!.crashes)).toEqual([1, 1]);
  });

  test('neither an abort nor an error of a living worker is a crash', async () => {
    const store = new MemoryStore();
    const failing = new FakeEngine([LOADING, new AppError('load-failed')]);
    const { run } = supervise([failing, failing], { store });
    expect((await run()).error).toMatchObject({ code: 'load-failed' });
    const slow = new FakeEngine([LOADING, DONE]);
    slow.beforeEvent = (event, signal) => (event === DONE ? aborted(signal) : nextTurn());
    const controller = new AbortController();
    const other = supervise([slow], { store });
    const aborting = other.run(controller.signal);
    await until(() => slow.running === 1);
    controller.abort();
    expect((await aborting).error).toMatchObject({ code: 'aborted' });
    await until(() => store.record?.loading === null);
    expect(store.record?.crashes).toEqual({});
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('no storage'))],
    ['holds something else', () => Promise.resolve({ loading: 'yes' } as never)],
  ])('a store that %s does not keep the model from running', async (_, get) => {
    const { run } = supervise([loads()], { store: { get, set: () => Promise.reject(new Error('no storage')) } });
    expect((await run()).error).toBeUndefined();
  });
});
