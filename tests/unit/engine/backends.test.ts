import { describe, expect, test, vi } from 'vitest';
import { fitsMemory } from '../../../lib/engine/memory-budget.ts';
import { CATALOG, DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import { AppError } from '../../../lib/errors.ts';
import { FakeEngine, SCRIPT } from '../../fakes/engine.ts';
import { textOf } from '../../fakes/events.ts';
import { CPU, GPU, backends, never, supervise } from './supervise.ts';
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
