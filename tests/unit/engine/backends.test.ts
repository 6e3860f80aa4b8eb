import { describe, expect, test, vi } from 'vitest';
import { fitsMemory } from '../../../lib/engine/memory-budget.ts';
import { CATALOG, DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import { AppError } from '../../../lib/errors.ts';
import { FakeEngine, SCRIPT } from '../../fakes/engine.ts';
import { textOf } from '../../fakes/events.ts';
import { NO_CRASHES } from '../../../lib/engine/crash-breaker.ts';
import { MemoryStore } from '../../fakes/hosted.ts';
import { CPU, GPU, LOADING, backends, never, supervise } from './supervise.ts';
import type { Ranking } from '../../../lib/engine/backend.ts';

describe('the choice of a backend', () => {
  test('the first of the ranking, in one worker for all runs', async () => {
    const { run, workers } = supervise([new FakeEngine()]);
    expect(backends((await run()).events)).toEqual([
      { kind: 'backend', model: 'SmolLM2 135M', device: 'gpu', threads: 1 },
    ]);
    await run();
    expect(workers.map(({ start }) => start)).toEqual([
      { kind: 'start', ...GPU, entry: DEFAULT_MODEL, assetsUrl: 'https://package.invalid/', measuresAnswer: false },
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
    ['unsupported', 'gpuLacksFeatures'],
    ['wrong-numbers', 'gpuWrongNumbers'],
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

  describe('numbers that are wrong', () => {
    const on = (gpu: string) => () => Promise.resolve({ backends: [GPU, CPU], gpu });
    const works = () => new FakeEngine([LOADING, ...SCRIPT]);
    const WRONG = new FakeEngine([new AppError('wrong-numbers')]);

    /** After a load on that GPU has failed its test. */
    async function judged() {
      const store = new MemoryStore();
      const { run } = supervise([WRONG, works()], { store, probe: on('acme/Chrome/1') });
      expect(backends((await run()).events).at(-1)).toMatchObject({ device: 'cpu', reason: 'gpuWrongNumbers' });
      return store;
    }

    test('are remembered: after a restart that GPU is not tried again, and why is said', async () => {
      const store = await judged();
      const again = supervise([works()], { store, probe: on('acme/Chrome/1') });
      expect(backends((await again.run()).events)).toMatchObject([{ device: 'cpu', reason: 'gpuWrongNumbers' }]);
      expect(again.devices()).toEqual(['cpu']);
    });

    test('are of that GPU, that browser and that model', async () => {
      const store = await judged();
      for (const other of [
        { probe: on('acme/Chrome/2') },
        { probe: on('acme/Chrome/1'), model: { ...DEFAULT_MODEL, id: 'another' } },
      ]) {
        const { run, devices } = supervise([works()], { store, ...other });
        await run();
        expect(devices()).toEqual(['gpu']);
      }
    });

    test('are forgotten where the reader has it measured there and it is right', async () => {
      const store = await judged();
      const stillWrong = supervise([WRONG], { store, probe: on('acme/Chrome/1'), device: 'gpu' });
      expect((await stillWrong.run()).error).toMatchObject({ code: 'wrong-numbers' });
      const mended = supervise([works()], { store, probe: on('acme/Chrome/1'), device: 'gpu' });
      expect((await mended.run()).error).toBeUndefined();
      expect(store.record).toEqual(NO_CRASHES);
    });

    test('and a crash are remembered beside each other', async () => {
      const store = await judged();
      store.record = { ...store.record!, loading: { model: DEFAULT_MODEL.id, device: 'cpu', atMs: 1 } };
      const { run } = supervise([works()], { store, probe: on('acme/Chrome/1') });
      expect(backends((await run()).events)).toMatchObject([{ device: 'cpu', reason: 'modelCrashed' }]);
      expect(store.record).toMatchObject({ loading: null, wrong: [`${DEFAULT_MODEL.id} acme/Chrome/1`] });
    });
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

  test.each(['no-content', 'input-too-long', 'needs-model'] as const)(
    '%s says nothing against the worker',
    async (code) => {
      const { run, workers } = supervise([new FakeEngine([new AppError(code)])]);
      expect((await run()).error).toMatchObject({ code });
      expect((await run()).error).toMatchObject({ code });
      expect(workers.length).toBe(1);
    },
  );

  test('what does not fit is not loaded', async () => {
    const some = supervise([new FakeEngine()], { fits: (_, { device }) => device === 'cpu' });
    expect(backends((await some.run()).events)).toMatchObject([{ device: 'cpu' }]);
    const none = supervise([new FakeEngine()], { fits: () => false });
    expect((await none.run()).error).toMatchObject({ code: 'out-of-memory' });
    expect(none.workers).toEqual([]);
  });

  test('the memory budget', () => {
    const fitting = (deviceMemoryGb?: number) =>
      CATALOG.filter(({ memoryBytes }) => fitsMemory(memoryBytes, deviceMemoryGb)).map(({ id }) => id);
    const all = CATALOG.map(({ id }) => id);
    expect(fitting(0.5)).toEqual([]);
    expect(fitting(1)).toEqual([DEFAULT_MODEL.id]);
    expect(fitting(4)).not.toContain('qwen2.5-1.5b-instruct');
    expect(fitting(4)).toContain('qwen3-0.6b');
    for (const ordinary of [8, 16, 32, undefined]) expect(fitting(ordinary)).toEqual(all);
    // WebAssembly has no more than 4 GB, whatever the machine has.
    expect(fitsMemory(3.9e9, 64)).toBe(false);
  });
});
