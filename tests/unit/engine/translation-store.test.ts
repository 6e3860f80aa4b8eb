import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TranslationStore } from '../../../lib/engine/translation-store.ts';
import type { CachedTranslation } from '../../../lib/tasks/translation/cache.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const EN_TO_PT = { from: 'en', to: 'pt' };
const HOUR_MS = 3_600_000;

const translation = (text: string): CachedTranslation => ({
  text,
  alignment: [
    { start: 0, end: 3, sourceStart: 2, sourceEnd: 70_000 },
    { start: 3, end: 4, sourceStart: 0, sourceEnd: 2 },
  ],
  doubts: ['number', 'link'],
});
const putUnwritten = (store: TranslationStore, ...sentences: string[]) => {
  store.putMany(EN_TO_PT, new Map(sentences.map((sentence) => [sentence, translation(`${sentence}!`)])));
};
const put = (store: TranslationStore, ...sentences: string[]) => {
  putUnwritten(store, ...sentences);
  return store.flush();
};
const texts = async (store: TranslationStore, ...sentences: string[]) =>
  (await store.getMany(EN_TO_PT, sentences)).map((found) => found?.text);

test('what was put is what comes back, in the order of the question', async () => {
  const store = new TranslationStore();
  await put(store, 'one', 'two');
  const found = await store.getMany(EN_TO_PT, ['two', 'three', 'one', 'two']);
  expect(found).toEqual([translation('two!'), undefined, translation('one!'), translation('two!')]);
  expect(await store.getMany(EN_TO_PT, [])).toEqual([]);
});

test('another store finds it, as one does after a restart', async () => {
  await put(new TranslationStore(), 'one');
  expect(await texts(new TranslationStore(), 'one')).toEqual(['one!']);
});

describe('what is not written yet', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('is found where it was put, beside what is', async () => {
    const store = new TranslationStore();
    await put(store, 'one');
    putUnwritten(store, 'two');
    expect(await texts(store, 'one', 'two', 'three')).toEqual(['one!', 'two!', undefined]);
    expect(await texts(new TranslationStore(), 'two')).toEqual([undefined]);
  });

  test('is written when nothing has come for a while, or when there is much of it', async () => {
    const store = new TranslationStore();
    putUnwritten(store, 'one');
    await vi.advanceTimersByTimeAsync(400);
    putUnwritten(store, 'two');
    await vi.advanceTimersByTimeAsync(400);
    expect(await texts(new TranslationStore(), 'one', 'two')).toEqual([undefined, undefined]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await texts(new TranslationStore(), 'one', 'two')).toEqual(['one!', 'two!']);
    const many = Array.from({ length: 500 }, (_, i) => `sentence ${i}`);
    putUnwritten(store, ...many);
    expect(await texts(new TranslationStore(), many[499])).toEqual([`${many[499]}!`]);
  });

  test('is cleared, too', async () => {
    const store = new TranslationStore();
    putUnwritten(store, 'one');
    await store.clear();
    await store.flush();
    expect(await texts(store, 'one')).toEqual([undefined]);
  });
});

test('a sentence of another pair is another sentence', async () => {
  const store = new TranslationStore();
  await put(store, 'one');
  expect(await store.getMany({ from: 'en', to: 'de' }, ['one'])).toEqual([undefined]);
  expect(await store.getMany({ from: 'en', to: 'p' }, ['t one'])).toEqual([undefined]);
});

test('a sentence put again has its later translation', async () => {
  const store = new TranslationStore();
  await put(store, 'one');
  store.putMany(EN_TO_PT, new Map([['one', translation('um')]]));
  expect(await texts(store, 'one')).toEqual(['um']);
  await store.flush();
  expect(await texts(store, 'one')).toEqual(['um']);
});

describe('when there is no more room', () => {
  const hours = (count: number) => Array.from({ length: count }, (_, i) => `sentence ${i}`);

  test('what was longest unused goes, by number', async () => {
    let nowMs = 0;
    const store = new TranslationStore({ maxSentences: 10, nowMs: () => (nowMs += 2 * HOUR_MS) });
    for (const sentence of hours(10)) await put(store, sentence);
    expect(await texts(store, 'sentence 0')).toEqual(['sentence 0!']);
    await put(store, 'one more');
    expect(await texts(store, 'sentence 0', 'sentence 1', 'sentence 2', 'sentence 3', 'one more')).toEqual([
      'sentence 0!',
      undefined,
      undefined,
      'sentence 3!',
      'one more!',
    ]);
  });

  test('and by size', async () => {
    let nowMs = 0;
    const store = new TranslationStore({ maxBytes: 10_000, nowMs: () => (nowMs += HOUR_MS) });
    const long = (seed: string) => `${seed} ${'x'.repeat(500)}`;
    for (const sentence of hours(40)) await put(store, long(sentence));
    const kept = (await texts(store, ...hours(40).map(long))).map((text) => text !== undefined);
    // 2 × (506 + 513) + 32 bytes a sentence: four of them are within nine tenths of the room.
    expect(kept.filter(Boolean).length).toBeGreaterThanOrEqual(4);
    expect(kept.lastIndexOf(false)).toBeLessThan(kept.indexOf(true));
  });

  test('what was put over and over counts once', async () => {
    const store = new TranslationStore({ maxBytes: 10_000 });
    await put(store, 'kept');
    for (let i = 0; i < 100; i++) await put(store, 'x'.repeat(300));
    expect(await texts(store, 'kept')).toEqual(['kept!']);
  });

  test('stores that share the database share its room', async () => {
    const stores = [1, 2].map(() => new TranslationStore({ maxSentences: 20 }));
    await Promise.all(hours(100).map((sentence, i) => put(stores[i % 2], sentence)));
    const kept = (await texts(stores[0], ...hours(100))).filter((text) => text !== undefined);
    expect(kept.length).toBeGreaterThanOrEqual(18);
    expect(kept.length).toBeLessThanOrEqual(20);
  });
});

test('clearing leaves nothing, and goes on', async () => {
  const store = new TranslationStore();
  await put(store, 'one');
  await new TranslationStore().clear();
  expect(await texts(store, 'one')).toEqual([undefined]);
  await put(store, 'two');
  expect(await texts(store, 'two')).toEqual(['two!']);
});

describe('a database', () => {
  test('of a newer version is begun anew', async () => {
    const newer = await openDB('translations', 7, { upgrade: (database) => void database.createObjectStore('else') });
    newer.close();
    const store = new TranslationStore();
    await put(store, 'one');
    expect(await texts(store, 'one')).toEqual(['one!']);
  });

  test('of another shape is empty', async () => {
    (await openDB('translations', 1, { upgrade: (database) => void database.createObjectStore('else') })).close();
    const store = new TranslationStore();
    await put(store, 'one');
    expect(await texts(store, 'one')).toEqual([undefined]);
    await store.clear();
    await put(store, 'one');
    expect(await texts(store, 'one')).toEqual(['one!']);
  });

  test('that holds what is no translation has none', async () => {
    const store = new TranslationStore();
    await put(store, 'one', 'two');
    const database = await openDB('translations', 1);
    await database.put('sentences', { text: 5 }, 'en pt one');
    database.close();
    expect(await texts(store, 'one', 'two')).toEqual([undefined, 'two!']);
  });

  test('that the browser does not give is empty, and never an error', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not in a private window', 'SecurityError');
    });
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
      throw new DOMException('not in a private window', 'SecurityError');
    });
    const store = new TranslationStore();
    await put(store, 'one');
    expect(await texts(store, 'one', 'two')).toEqual([undefined, undefined]);
    await expect(store.clear()).rejects.toThrow('not in a private window');
  });

  test('that never opens is not waited for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      vi.spyOn(indexedDB, 'open').mockReturnValue(new EventTarget() as IDBOpenDBRequest);
      const asked = texts(new TranslationStore(), 'one');
      await vi.advanceTimersByTimeAsync(2000);
      expect(await asked).toEqual([undefined]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('that another context deletes is let go, and made again', async () => {
    const store = new TranslationStore();
    await put(store, 'one');
    await deleteDB('translations');
    expect(await texts(store, 'one')).toEqual([undefined]);
    await put(store, 'two');
    expect(await texts(store, 'two')).toEqual(['two!']);
  });
});
