// Translated sentences that outlast the worker, in IndexedDB. Losing them costs time, nothing else: where the database cannot be
// used, there are none. Never used for a private window: what is translated there is not remembered.
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { LanguagePair, TranslationDoubt } from '../protocol.ts';
import type { CachedTranslation, TranslationCache } from '../tasks/translation/cache.ts';

interface Entry {
  text: string;
  /** Four numbers a piece, in the order of `AlignedPiece`: a tenth of what objects take. */
  alignment: Uint32Array;
  doubts: TranslationDoubt[];
  bytes: number;
  /** Last use, to the hour. */
  usedMs: number;
}

interface Schema extends DBSchema {
  sentences: { key: string; value: Entry; indexes: { usedMs: number } };
  totals: { key: 'bytes'; value: number };
}

export interface TranslationStoreOptions {
  name?: string;
  maxSentences?: number;
  maxBytes?: number;
  nowMs?: () => number;
}

const VERSION = 1;
/** A database that does not open is not waited for: translating anew takes less. */
const OPEN_MS = 2000;
/** A use is written down when the last one written down is older than this: reading stays reading. */
const REFRESH_MS = 3_600_000;
/**
 * Written is what was put when nothing has been put for so long, or when there are so many: beside the computing a transaction takes
 * 50 to 100 ms, and the next question would wait for it.
 */
const QUIET_MS = 500;
const MAX_WAITING = 500;
/** What is left after making room: else every sentence would have to make some. */
const KEPT = 0.9;

/** Forgets what was longest unused. Any number of them, in any contexts, share what they keep. */
export class TranslationStore implements TranslationCache {
  private readonly name: string;
  private readonly maxSentences: number;
  private readonly maxBytes: number;
  private readonly nowMs: () => number;
  private database: Promise<IDBPDatabase<Schema>> | undefined;
  /** By key, what is not in the database yet. */
  private waiting = new Map<string, Entry>();
  private quiet: ReturnType<typeof setTimeout> | undefined;

  constructor({ name, maxSentences, maxBytes, nowMs }: TranslationStoreOptions = {}) {
    this.name = name ?? 'translations';
    this.maxSentences = maxSentences ?? 20_000;
    this.maxBytes = maxBytes ?? 8_000_000;
    this.nowMs = nowMs ?? Date.now;
    // Ready when the first sentence is asked for.
    this.database = this.open();
    this.database.catch(() => undefined);
  }

  async getMany(pair: LanguagePair, sentences: readonly string[]): Promise<(CachedTranslation | undefined)[]> {
    const keys = sentences.map((sentence) => keyOf(pair, sentence));
    const found = await this.attempt(async (database) => {
      const { store } = database.transaction('sentences');
      const entries = await Promise.all(keys.map(async (key) => this.waiting.get(key) ?? (await store.get(key))));
      const old = keys.filter((_, i) => entries[i] && this.nowMs() - entries[i].usedMs > REFRESH_MS);
      if (old.length > 0) await this.refresh(database, old);
      return entries.map(toTranslation);
    });
    return found ?? sentences.map(() => undefined);
  }

  putMany(pair: LanguagePair, translations: ReadonlyMap<string, CachedTranslation>): void {
    for (const [sentence, translation] of translations) {
      const key = keyOf(pair, sentence);
      this.waiting.set(key, toEntry(key, translation, this.nowMs()));
    }
    clearTimeout(this.quiet);
    if (this.waiting.size >= MAX_WAITING) void this.flush();
    else this.quiet = setTimeout(() => void this.flush(), QUIET_MS);
  }

  /** Writes what waits to be written. Never rejects: what cannot be written is lost. */
  async flush(): Promise<void> {
    clearTimeout(this.quiet);
    const entries = this.waiting;
    this.waiting = new Map();
    await this.attempt(async (database) => {
      const change = database.transaction(['sentences', 'totals'], 'readwrite', { durability: 'relaxed' });
      const sentences = change.objectStore('sentences');
      let bytes = (await change.objectStore('totals').get('bytes')) ?? 0;
      for (const [key, entry] of entries) {
        bytes += entry.bytes - ((await sentences.get(key))?.bytes ?? 0);
        await sentences.put(entry, key);
      }
      let count = await sentences.count();
      if (count > this.maxSentences || bytes > this.maxBytes) {
        let cursor = await sentences.index('usedMs').openCursor();
        while (cursor && (count > this.maxSentences * KEPT || bytes > this.maxBytes * KEPT)) {
          bytes -= cursor.value.bytes;
          count--;
          await cursor.delete();
          cursor = await cursor.continue();
        }
      }
      await change.objectStore('totals').put(bytes, 'bytes');
      await change.done;
    });
  }

  /** Rejects where the browser does not let it: then what was kept may still be there. */
  async clear(): Promise<void> {
    this.waiting.clear();
    const cleared = await this.attempt(async (database) => {
      const change = database.transaction(['sentences', 'totals'], 'readwrite');
      await Promise.all([change.objectStore('sentences').clear(), change.objectStore('totals').clear(), change.done]);
      return true;
    });
    if (!cleared) await deleteDB(this.name);
  }

  private async refresh(database: IDBPDatabase<Schema>, keys: string[]): Promise<void> {
    const change = database.transaction('sentences', 'readwrite', { durability: 'relaxed' });
    for (const key of keys) {
      const entry = await change.store.get(key);
      if (entry) await change.store.put({ ...entry, usedMs: this.nowMs() }, key);
    }
    await change.done;
  }

  /** Undefined where the database fails; the next attempt opens it anew. */
  private async attempt<T>(use: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    try {
      const database = await inTime((this.database ??= this.open()));
      return database && (await use(database));
    } catch {
      const failed = this.database;
      this.database = undefined;
      failed?.then((database) => database.close()).catch(() => undefined);
      return undefined;
    }
  }

  private async open(): Promise<IDBPDatabase<Schema>> {
    const open = () =>
      openDB<Schema>(this.name, VERSION, {
        upgrade(database) {
          database.createObjectStore('sentences').createIndex('usedMs', 'usedMs');
          database.createObjectStore('totals');
        },
        // Another context deletes it.
        blocking: (_current, _blocked, event) => {
          (event.target as IDBDatabase).close();
          this.database = undefined;
        },
        terminated: () => (this.database = undefined),
      });
    try {
      return await open();
    } catch {
      // Of a newer version, or damaged: what is in it is not worth more than a new one.
      await deleteDB(this.name);
      return open();
    }
  }
}

/** Null where it is not there in time; it may still come, for a later use. */
async function inTime<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), OPEN_MS)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Tags hold no space, so no two pairs and sentences share a key. */
function keyOf({ from, to }: LanguagePair, sentence: string): string {
  return `${from} ${to} ${sentence}`;
}

function toEntry(key: string, { text, alignment, doubts }: CachedTranslation, usedMs: number): Entry {
  const pieces = alignment.flatMap(({ start, end, sourceStart, sourceEnd }) => [start, end, sourceStart, sourceEnd]);
  const bytes = 2 * (key.length + text.length) + 4 * pieces.length;
  return { text, alignment: Uint32Array.from(pieces), doubts, bytes, usedMs };
}

/** Of what is not an entry, nothing: another version may have written it. */
function toTranslation(entry: Partial<Entry> | undefined): CachedTranslation | undefined {
  const { text, alignment, doubts } = entry ?? {};
  if (typeof text !== 'string' || !(alignment instanceof Uint32Array) || !Array.isArray(doubts)) return undefined;
  const pieces = Array.from({ length: alignment.length / 4 }, (_, i) => {
    const [start, end, sourceStart, sourceEnd] = alignment.subarray(4 * i, 4 * i + 4);
    return { start, end, sourceStart, sourceEnd };
  });
  return { text, alignment: pieces, doubts };
}
