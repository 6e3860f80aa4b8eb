// Who does a task, by what the reader chose: real supervisors over fake workers.
import { expect, test } from 'vitest';
import { DEFAULT_MODEL_SETTINGS, parseModelSettings } from '../../../lib/engine/model-settings.ts';
import type { ModelSettings } from '../../../lib/engine/model-settings.ts';
import type { KeptResult, Results } from '../../../lib/engine/results.ts';
import { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { ChatTask, ReadAheadTask, RewriteTask, TaskEvent } from '../../../lib/protocol.ts';
import { ARTICLE, summarizeTask } from '../../fakes/article.ts';
import { aborted, FakeEngine, nextTurn, SCRIPT, until } from '../../fakes/engine.ts';
import { collect, forever, textOf } from '../../fakes/events.ts';
import { FakeWorker } from '../../fakes/worker.ts';
import { LARGE, server, setUp, type Faults } from './choosing.ts';
import { backends } from './supervise.ts';

const CHAT: ChatTask = { kind: 'chat', question: 'When?', articles: [ARTICLE], history: [] };
const REWRITE: RewriteTask = { kind: 'rewrite', action: 'improve', text: 'A text.', language: 'en', instruction: '' };

const models = (events: TaskEvent[]) => backends(events).map(({ model }) => model);
const down = (id: string) => new AppError('server-unreachable', `${id}:8000`);

test('automatic: the best that fits for the task, else the packaged one', async () => {
  const { run } = setUp();
  expect(models((await run(CHAT)).events)).toEqual(['Large']);
  expect(models((await run(REWRITE)).events)).toEqual(['Large']);
  // None writes summaries: the larger judges better.
  expect(models((await run(summarizeTask())).events)).toEqual(['Large']);
  const none = setUp({}, {}, { fits: ({ id }) => id === DEFAULT_MODEL.id });
  expect(models((await none.run(CHAT)).events)).toEqual([DEFAULT_MODEL.name]);
});

const AHEAD: ReadAheadTask = { kind: 'read-ahead', articles: [ARTICLE], history: [] };

test('a page is read ahead by the model that would answer, if that is on this machine', async () => {
  const { run, engine } = setUp();
  expect(await engine.readsAhead()).toBe(true);
  expect(models((await run(AHEAD)).events)).toEqual(['Large']);

  const remote = setUp({ servers: [server('a')], choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat: 'a' } });
  expect(await remote.engine.readsAhead()).toBe(false);
  expect((await remote.run(AHEAD)).events.map(({ kind }) => kind)).toEqual(['done']);
  expect(remote.workers).toEqual([]);
});

test('no model leaves for one that would only read ahead', async () => {
  const { run, alive } = setUp({ choices: { ...DEFAULT_MODEL_SETTINGS.choices, summarize: DEFAULT_MODEL.id } });
  await run(summarizeTask());
  expect((await run(AHEAD)).events.map(({ kind }) => kind)).toEqual(['done']);
  expect(alive()).toEqual([DEFAULT_MODEL.id]);
});

test('a load that was begun ahead is given up where another model is needed', async () => {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    const worker = new FakeWorker(({ entry }) => {
      const inner = new FakeEngine();
      if (entry.id === LARGE.id) inner.beforeEvent = () => new Promise(() => undefined); // as a load, which nothing ends
      return inner;
    });
    workers.push(worker);
    return worker;
  };
  const choices = { ...DEFAULT_MODEL_SETTINGS.choices, summarize: DEFAULT_MODEL.id };
  const { run, engine } = setUp({ choices }, {}, { spawn });
  const stop = new AbortController();
  const reading = collect(engine.run(AHEAD, stop.signal));
  await until(() => workers.at(0)?.start !== undefined);
  stop.abort();
  expect((await reading).error).toMatchObject({ code: 'aborted' });
  expect(models((await run(summarizeTask())).events)).toEqual([DEFAULT_MODEL.name]);
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
});

test('what a model has written is given again, by the model that wrote it only', async () => {
  const kept = new Map<string, KeptResult>();
  const results: Results = {
    version: 'v1',
    get: (key) => Promise.resolve(kept.get(key)),
    put: (key, result) => Promise.resolve(void kept.set(key, result)),
  };
  const { run, settings, engines } = setUp({}, {}, { results });
  await run({ ...CHAT, results: 'reuse' });
  expect(kept.size).toBe(0); // this script's `done` says that no model wrote
  const [first] = (await run({ ...CHAT, results: 'reuse' })).events;
  kept.set('any', { events: [first], madeMs: 1 });
  results.get = (key) => Promise.resolve(key.length === 64 ? kept.get('any') : undefined);
  const ran = engines.get('large')!.tasks.length;
  expect((await run({ ...CHAT, results: 'reuse' })).events).toMatchObject([{ kind: 'backend', madeMs: 1 }]);
  expect(engines.get('large')!.tasks.length).toBe(ran);
  // Of what the page itself says there is nothing to keep.
  settings.choices = { ...settings.choices, chat: DEFAULT_MODEL.id };
  expect((await run({ ...CHAT, results: 'reuse' })).events.length).toBeGreaterThan(1);
});

test('a model laid out as on the hub has workers of its own kind', async () => {
  const graph = { ...LARGE, weights: { ...LARGE.weights, name: 'onnx/model_quantized.onnx' } };
  const { run, transformersWorkers } = setUp({}, {}, { installed: () => Promise.resolve([DEFAULT_MODEL, graph]) });
  await run(CHAT);
  expect(transformersWorkers()).toBe(1);
  const none = setUp();
  await none.run(CHAT);
  expect(none.transformersWorkers()).toBe(0);
});

test('one model of this machine at a time; the one in place is used again', async () => {
  const { run, settings, workers, alive } = setUp({ choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat: 'large' } });
  await run(CHAT);
  await run(CHAT);
  expect(workers.length).toBe(1);
  settings.choices.summarize = DEFAULT_MODEL.id;
  await run(summarizeTask());
  expect(alive()).toEqual([DEFAULT_MODEL.id]);
});

test('a model waits for the one in place to be done, and an abort does not', async () => {
  const choices = { summarize: DEFAULT_MODEL.id, chat: 'large', rewrite: 'automatic', translate: 'automatic' };
  const { engine, engines, run, alive } = setUp({ choices });
  const stop = new AbortController();
  const first = collect(engine.run(summarizeTask(), stop.signal));
  await until(() => engines.has(DEFAULT_MODEL.id));
  engines.get(DEFAULT_MODEL.id)!.beforeEvent = (_, signal) => aborted(signal);
  const impatient = new AbortController();
  const second = collect(engine.run(CHAT, impatient.signal));
  await nextTurn();
  impatient.abort();
  expect((await second).error).toMatchObject({ code: 'aborted' });
  const third = run(CHAT);
  await nextTurn();
  expect(alive()).toEqual([DEFAULT_MODEL.id]);
  stop.abort();
  expect((await first).error).toMatchObject({ code: 'aborted' });
  expect((await third).error).toBeUndefined();
  expect(alive()).toEqual(['large']);
});

test('a model that has brought the browser down is not taken unasked, also right after; chosen, it is tried', async () => {
  const { run, store, settings } = setUp();
  store.record = { loading: { model: 'large', device: 'cpu', atMs: 1 }, crashes: {} };
  expect(models((await run(CHAT)).events)).toEqual([DEFAULT_MODEL.name]);
  expect(store.record.crashes).toEqual({ 'large cpu': 1 });
  const [told] = backends((await run(CHAT)).events);
  expect(told).toMatchObject({ model: DEFAULT_MODEL.name, passedOver: 'Large' });
  settings.choices = { ...settings.choices, chat: 'large' };
  const [chosen] = backends((await run(CHAT)).events);
  expect(chosen).toMatchObject({ model: 'Large', reason: 'modelCrashed' });
  expect(chosen).not.toHaveProperty('passedOver');
});

test('a load that is under way is no crash', async () => {
  const { engine, engines, run } = setUp();
  const first = collect(engine.run(CHAT, forever()));
  await until(() => engines.has('large'));
  expect(models((await run(REWRITE)).events)).toEqual(['Large']);
  await first;
});

test('a server does only what it was chosen for; its key goes to the worker and nowhere else', async () => {
  const { run, workers } = setUp({
    servers: [server('tower')],
    choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat: 'tower' },
  });
  const { events } = await run(CHAT);
  expect(backends(events)).toEqual([
    { kind: 'backend', model: 'model of tower', device: 'remote', host: 'tower:8000', threads: 0 },
  ]);
  expect(workers.map(({ start }) => start?.device)).toEqual(['remote']);
  expect(workers[0].start?.entry).toMatchObject({ server: { key: 'key of tower' }, cannotScore: true });
  expect(JSON.stringify(events)).not.toContain('key of');
  expect(backends((await run(REWRITE)).events)[0].device).toBe('cpu');
});

test('nothing of this machine does what a server could not, and no server what this machine could not', async () => {
  const choices = { ...DEFAULT_MODEL_SETTINGS.choices, summarize: 'large', chat: 'tower' };
  const faults = { before: { tower: down('tower'), large: new AppError('out-of-memory') } };
  const { run, workers } = setUp({ servers: [server('tower'), server('cloud')], choices }, faults);
  expect((await run(CHAT)).error).toMatchObject({ code: 'server-unreachable', detail: 'tower:8000' });
  expect(workers.map(({ start }) => start?.entry.id)).toEqual(['tower']);
  expect((await run(summarizeTask())).error).toMatchObject({ code: 'out-of-memory' });
  expect(new Set(workers.map(({ start }) => start?.entry.id))).toEqual(new Set(['tower', 'large']));
});

test('what was chosen and is gone is said', async () => {
  for (const chat of ['gone', 'servers']) {
    const { run, workers } = setUp({ choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat } });
    expect((await run(CHAT)).error).toMatchObject({ code: 'model-missing' });
    expect(workers).toEqual([]);
  }
});

const OF_SERVERS: Partial<ModelSettings> = {
  servers: [server('tower'), server('cloud')],
  choices: { ...DEFAULT_MODEL_SETTINGS.choices, chat: 'servers' },
};

test('of several servers the next takes over where one is down, and comes first for a while', async () => {
  const faults: Faults = { before: { tower: down('tower') } };
  const { run, workers, alive } = setUp(OF_SERVERS, faults);
  const { events, error } = await run(CHAT);
  expect(error).toBeUndefined();
  expect(backends(events).map(({ host }) => host)).toEqual(['tower:8000', 'cloud:8000']);
  expect(textOf(events)).toBe(textOf(SCRIPT));
  expect(alive()).toEqual(['cloud']);
  expect(backends((await run(CHAT)).events).map(({ host }) => host)).toEqual(['cloud:8000']);
  expect(workers.length).toBe(2);
});

test('where all are down, all are named', async () => {
  const { run } = setUp(OF_SERVERS, { before: { tower: down('tower'), cloud: down('cloud') } });
  expect((await run(CHAT)).error).toMatchObject({ code: 'server-unreachable', detail: 'tower:8000; cloud:8000' });
});

test('none takes over where the reader has text already, or has to see to something', async () => {
  const failures: [keyof Faults, AppError][] = [
    ['after', down('tower')],
    ['before', new AppError('server-refused', 'tower:8000 (HTTP 401)')],
    ['before', new AppError('server-without-model', 'tower:8000')],
    ['before', new AppError('input-too-long')],
  ];
  for (const [when, failure] of failures) {
    const { run, workers } = setUp(OF_SERVERS, { [when]: { tower: failure } });
    expect((await run(CHAT)).error).toMatchObject({ code: failure.code });
    expect(workers.length).toBe(1);
  }
});

test('bounds hold for both: sampling, window, threads, device; a change takes another worker', async () => {
  const { run, settings, workers } = setUp(
    { ...OF_SERVERS, temperature: 0.7, contextTokens: 1024, threads: 2, device: 'cpu' },
    {},
    {
      probe: () =>
        Promise.resolve({
          backends: [
            { device: 'gpu', threads: 1 },
            { device: 'cpu', threads: 4 },
          ],
        }),
    },
  );
  await run(CHAT);
  const { events } = await run(summarizeTask());
  expect(backends(events)).toMatchObject([{ device: 'cpu', threads: 2, reason: 'gpuNotWanted' }]);
  for (const { start } of workers) {
    expect(start).toMatchObject({ sampling: { temperature: 0.7 }, entry: { contextWindow: 1024 } });
  }
  settings.threads = null;
  expect(backends((await run(summarizeTask())).events)).toMatchObject([{ threads: 4 }]);
});

test('settings out of anything', () => {
  for (const nothing of [undefined, null, 'x', 5, []])
    expect(parseModelSettings(nothing)).toEqual(DEFAULT_MODEL_SETTINGS);
  const choices = { summarize: 'a', rewrite: 'b', chat: 'c', translate: 'd' };
  const servers = [server('tower')];
  expect(parseModelSettings({ choices, servers, temperature: 9, topP: 0, threads: 1.5, device: 'tpu' })).toEqual({
    ...DEFAULT_MODEL_SETTINGS,
    choices,
    servers,
  });
  expect(parseModelSettings({ servers: [{ ...server('x'), address: 'javascript:1' }] }).servers).toEqual([]);
});
