// Results of models that outlast the host, in IndexedDB. Losing them costs time, nothing else: where the database cannot be used, there
// are none. What is read is checked: another version, or damage, may have written it.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptResult, Results } from './results.ts';
import { array, natural, object } from './schema.ts';
import { isEvent } from './wire.ts';

interface Entry extends KeptResult {
  bytes: number;
  usedMs: number;
}

interface Schema extends DBSchema {
  /** The index holds all that making room has to know, so that no result is read for that. */
  results: { key: string; value: Entry; indexes: { use: [usedMs: number, bytes: number] } };
}

export interface ResultStoreOptions {
  name?: string;
  /** Of the code that makes the results. */
  version?: string;
  maxEntries?: number;
  maxBytes?: number;
  nowMs?: () => number;
}

const SCHEMA_VERSION = 1;
/** A database that does not answer is not waited for. */
const ANSWER_MS = 1000;

const isEntry = object<Entry>({ events: array(isEvent), madeMs: natural, bytes: natural, usedMs: natural });

/** Forgets what was longest unused. Any number of them, in any contexts, share what they keep. */
export class ResultStore implements Results {
  readonly version: string;
  private readonly name: string;
  private readonly maxEntries: number;
  private readonly maxBytes: number;
  private readonly nowMs: () => number;
  private database: Promise<IDBPDatabase<Schema>> | undefined;

  constructor({ name, version, maxEntries, maxBytes, nowMs }: ResultStoreOptions = {}) {
    this.name = name ?? 'results';
    this.version = version ?? '';
    this.maxEntries = maxEntries ?? 500;
    this.maxBytes = maxBytes ?? 10_000_000;
    this.nowMs = nowMs ?? Date.now;
  }

  async get(key: string): Promise<KeptResult | undefined> {
    return this.attempt(async (database) => {
      const change = database.transaction('results', 'readwrite', { durability: 'relaxed' });
      const entry: unknown = await change.store.get(key);
      if (isEntry(entry)) await change.store.put({ ...entry, usedMs: this.nowMs() }, key);
      else if (entry !== undefined) await change.store.delete(key);
      await change.done;
      return isEntry(entry) ? { events: entry.events, madeMs: entry.madeMs } : undefined;
    });
  }

  async put(key: string, { events, madeMs }: KeptResult): Promise<void> {
    const bytes = 2 * JSON.stringify(events).length;
    await this.attempt(async (database) => {
      const change = database.transaction('results', 'readwrite', { durability: 'relaxed' });
      await change.store.put({ events, madeMs, bytes, usedMs: this.nowMs() }, key);
      let [entries, total] = [0, 0];
      // The last used first: of equal times, whichever.
      let cursor = await change.store.index('use').openKeyCursor(null, 'prev');
      for (; cursor; cursor = await cursor.continue()) {
        total += cursor.key[1];
        if (++entries > this.maxEntries || total > this.maxBytes) await change.store.delete(cursor.primaryKey);
      }
      await change.done;
    });
  }

  /** Of all that is kept; 0 where the database cannot be used. */
  async usedBytes(): Promise<number> {
    const used = await this.attempt(async (database) => {
      let total = 0;
      let cursor = await database.transaction('results').store.index('use').openKeyCursor();
      for (; cursor; cursor = await cursor.continue()) total += cursor.key[1];
      return total;
    });
    return used ?? 0;
  }

  /** Rejects where the browser does not let it: then what was kept may still be there. */
  async clear(): Promise<void> {
    await (await this.opened()).clear('results');
  }

  /** Undefined where the database fails or does not answer in time. */
  private async attempt<T>(use: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ANSWER_MS)));
    const answer = this.opened()
      .then(use)
      .catch(() => undefined);
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  /** A database that failed, or that the browser has closed, is opened anew the next time. */
  private opened(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => void (this.database = undefined);
    this.database ??= openDB<Schema>(this.name, SCHEMA_VERSION, {
      upgrade: (database) => void database.createObjectStore('results').createIndex('use', ['usedMs', 'bytes']),
      // Another context deletes it.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
    this.database.catch(forget);
    return this.database;
  }
}
