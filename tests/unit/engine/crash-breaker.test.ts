import { describe, expect, test } from 'vitest';
import { NO_CRASHES } from '../../../lib/engine/crash-breaker.ts';
import { AppError } from '../../../lib/errors.ts';
import { summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, aborted, nextTurn, statement, until } from '../../fakes/engine.ts';
import { forever } from '../../fakes/events.ts';
import { MemoryStore } from '../../fakes/hosted.ts';
import { DONE, LOADING, backends, never, supervise } from './supervise.ts';
import type { TaskEvent } from '../../../lib/protocol.ts';

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

  test('where there is no other device it is tried again, and that is said until it works', async () => {
    const store = new MemoryStore();
    store.record = { loading: { model: 'smollm2-135m-instruct', device: 'cpu', atMs: 1 }, crashes: {} };
    const probe = () => Promise.resolve({ backends: [{ device: 'cpu' as const, threads: 1 }] });
    const first = supervise([loads()], { store, probe });
    expect(backends((await first.run()).events)).toMatchObject([{ device: 'cpu', reason: 'modelCrashed' }]);
    expect(store.record).toEqual({ loading: null, crashes: {} });
    const second = supervise([loads()], { store, probe });
    expect(backends((await second.run()).events)[0]).not.toHaveProperty('reason');
  });

  test('three crashes turn the model off, until the reader clears the record', async () => {
    const store = new MemoryStore();
    const devices = [];
    for (let crash = 0; crash < 3; crash++) devices.push(...(await crashWhileLoading(store)));
    expect(devices).toEqual(['gpu', 'cpu', 'cpu']);
    const { run, workers } = supervise([loads()], { store });
    expect((await run()).error).toMatchObject({ code: 'model-off' });
    expect(workers).toEqual([]);
    store.record = NO_CRASHES;
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
