// What models have written, given again: when it is found, when it is not, and what of it is kept.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test } from 'vitest';
import { ResultStore } from '../../../lib/engine/result-store.ts';
import { reusing, type KeptResult } from '../../../lib/engine/results.ts';
import type { ChatTask, Metrics, ModelTask, SummarizeTask, TaskEvent } from '../../../lib/protocol.ts';
import { ARTICLE, summarizeTask } from '../../fakes/article.ts';
import { FakeEngine, SCRIPT } from '../../fakes/engine.ts';
import { collect, drain, forever } from '../../fakes/events.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const METRICS = { totalMs: 9, decodeTokensPerSecond: 3 } as Metrics;
const BACKEND: TaskEvent = { kind: 'backend', model: 'Large', device: 'cpu', threads: 2 };
/** A run in which a model writes. */
const WRITTEN: TaskEvent[] = [
  BACKEND,
  ...SCRIPT.slice(0, -1),
  { kind: 'done', finishReason: 'stop', metrics: { ...METRICS } },
];
const MODEL = 'model 1';
const ASKED: SummarizeTask = { ...summarizeTask(), compose: 'requested', results: 'reuse' };

const kinds = (events: TaskEvent[]) => events.map(({ kind }) => kind);
const isEarlier = (events: TaskEvent[]) =>
  events.some((event) => event.kind === 'backend' && event.madeMs !== undefined);

function setUp(store = new ResultStore({ version: 'v1' }), script: (TaskEvent | Error)[] = WRITTEN) {
  const engine = new FakeEngine(script);
  const run = (task: ModelTask = ASKED, model = MODEL) =>
    drain(reusing(store, model, task, () => engine.run(task, forever()), forever()));
  return { engine, store, run };
}

describe('a result', () => {
  test('is given again as the run that it was, marked with its time, without a run', async () => {
    const { engine, run } = setUp();
    const beforeMs = Date.now();
    const first = await run();
    const second = await run();
    expect(engine.tasks).toHaveLength(1);
    expect(isEarlier(first)).toBe(false);
    const [backend, ...rest] = second;
    expect(backend).toMatchObject(BACKEND);
    expect((backend as { madeMs: number }).madeMs).toBeGreaterThanOrEqual(beforeMs);
    const told = (events: TaskEvent[]) => events.filter(({ kind }) => kind === 'statement' || kind === 'quotes');
    expect(told(rest)).toEqual(expect.arrayContaining(told(first)));
    expect(told(rest)).toHaveLength(told(first).length);
    expect(kinds(rest)).not.toContain('delta');
    expect(second.at(-1)).toEqual({ kind: 'done', finishReason: 'stop', metrics: null });
  });

  test('is found by a store of a later start', async () => {
    await setUp().run();
    const later = setUp();
    expect(isEarlier(await later.run())).toBe(true);
    expect(later.engine.tasks).toEqual([]);
  });

  test('is made anew where the reader says so, and stands in the place of the one before', async () => {
    const { engine, run } = setUp();
    await run();
    const again = await run({ ...ASKED, results: 'renew' });
    expect(engine.tasks).toHaveLength(2);
    expect(isEarlier(again)).toBe(false);
    expect(isEarlier(await run())).toBe(true);
    expect(engine.tasks).toHaveLength(2);
  });

  test('of a task that says nothing of it (a private window, turned off) is neither kept nor given', async () => {
    const { engine, run, store } = setUp();
    const { results: _, ...silent } = ASKED;
    await run(silent);
    expect(await store.usedBytes()).toBe(0);
    await run();
    expect(isEarlier(await run(silent))).toBe(false);
    expect(engine.tasks).toHaveLength(3);
  });

  const question: ChatTask = {
    kind: 'chat',
    question: 'When?',
    articles: [ARTICLE],
    history: [],
    results: 'reuse',
  };
  test.each<[string, ModelTask, ModelTask]>([
    ['type', ASKED, { ...ASKED, type: 'headline' }],
    ['length', ASKED, { ...ASKED, length: 'long' }],
    ['way', ASKED, { ...ASKED, compose: 'automatic' }],
    ['text', ASKED, { ...ASKED, article: { ...ARTICLE, blocks: ARTICLE.blocks.slice(1) } }],
    ['question', question, { ...question, question: 'Where?' }],
    ['conversation', question, { ...question, history: [{ question: 'Who?', answer: 'She.' }] }],
    [
      'instruction',
      { kind: 'rewrite', action: 'instruct', text: 'A.', language: 'en', instruction: 'Rhyme.', results: 'reuse' },
      { kind: 'rewrite', action: 'instruct', text: 'A.', language: 'en', instruction: 'Shout.', results: 'reuse' },
    ],
  ])('is not that of another %s', async (_, one, other) => {
    const { engine, run } = setUp();
    await run(one);
    expect(isEarlier(await run(other))).toBe(false);
    expect(isEarlier(await run(one))).toBe(true);
    expect(engine.tasks).toHaveLength(2);
  });

  test('is not that of another model or of other code, but of the same page at another place of it', async () => {
    const { run } = setUp();
    await run();
    expect(isEarlier(await run(ASKED, 'model 2'))).toBe(false);
    expect(isEarlier(await setUp(new ResultStore({ version: 'v2' })).run())).toBe(false);
    const elsewhere = { ...ASKED, article: { ...ARTICLE, url: `${ARTICLE.url}#end` } };
    expect(isEarlier(await run(elsewhere))).toBe(true);
  });

  test('in which no model wrote, or that did not come to its end, is not kept', async () => {
    const selected = setUp(undefined, [BACKEND, ...SCRIPT]);
    await selected.run();
    expect(await selected.store.usedBytes()).toBe(0);
    const failing = setUp(undefined, [...WRITTEN.slice(0, -1), new Error('device lost')]);
    await expect(failing.run()).rejects.toThrow('device lost');
    expect(await failing.store.usedBytes()).toBe(0);
  });

  test('is made anew where the database cannot be used', async () => {
    (await openDB('results', 2)).close(); // of a later version
    const { engine, run } = setUp();
    await run();
    expect(isEarlier(await run())).toBe(false);
    expect(engine.tasks).toHaveLength(2);
  });

  test('that is no longer wanted is not waited for', async () => {
    const { engine } = setUp();
    const run = () => engine.run(ASKED, forever());
    const { error } = await collect(reusing(new ResultStore(), MODEL, ASKED, run, AbortSignal.abort()));
    expect(error).toMatchObject({ code: 'aborted' });
    expect(engine.tasks).toEqual([]);
  });
});

describe('the store', () => {
  const result = (text: string): KeptResult => ({ events: [{ kind: 'delta', text }], madeMs: 1 });
  const found = async (store: ResultStore, ...keys: string[]) => {
    const all = await Promise.all(keys.map((key) => store.get(key)));
    return keys.filter((_, i) => all[i]);
  };
  let timeMs = 0;
  const nowMs = () => ++timeMs;

  test('forgets what was longest unused when there are too many', async () => {
    const store = new ResultStore({ maxEntries: 3, nowMs });
    for (const key of ['a', 'b', 'c']) await store.put(key, result(key));
    await store.get('a');
    await store.put('d', result('d'));
    expect(await found(store, 'a', 'b', 'c', 'd')).toEqual(['a', 'c', 'd']);
  });

  test('forgets what was longest unused when it is too much, and counts what is left', async () => {
    const store = new ResultStore({ maxBytes: 1000, nowMs });
    for (const key of ['a', 'b', 'c']) await store.put(key, result('x'.repeat(150)));
    expect(await found(store, 'a', 'b', 'c')).toEqual(['b', 'c']);
    const { length } = JSON.stringify(result('x'.repeat(150)).events);
    expect(await store.usedBytes()).toBe(2 * 2 * length);
    await store.put('huge', result('x'.repeat(1000)));
    expect(await found(store, 'huge')).toEqual([]);
  });

  test('put twice counts once', async () => {
    const store = new ResultStore();
    await store.put('a', result('long'.repeat(9)));
    await store.put('a', result('short'));
    expect(await store.usedBytes()).toBe(2 * JSON.stringify(result('short').events).length);
    expect(await store.get('a')).toEqual(result('short'));
  });

  test('cleared is empty', async () => {
    const store = new ResultStore();
    await store.put('a', result('a'));
    await new ResultStore().clear();
    expect(await found(store, 'a')).toEqual([]);
    expect(await store.usedBytes()).toBe(0);
  });

  test('takes a record that is none, or of another version, for nothing, and removes it', async () => {
    const store = new ResultStore();
    await store.put('a', result('a'));
    const database = await openDB('results');
    await database.put('results', { events: [{ kind: 'spell' }], madeMs: 1, bytes: 9, usedMs: 1 }, 'a');
    await database.put('results', 'nonsense', 'b');
    expect(await found(store, 'a', 'b')).toEqual([]);
    expect(await database.count('results')).toBe(0);
    database.close();
  });

  test('keeps no text in its keys', async () => {
    const { run } = setUp();
    await run();
    const database = await openDB('results');
    const keys = await database.getAllKeys('results');
    database.close();
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});
