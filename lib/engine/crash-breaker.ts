// Remembers across the browser's end what was being loaded when it went down, so that a model that brings it down is not tried
// for ever: a crash of the host leaves no other trace. And which GPUs compute wrongly. Knows neither browsers nor workers.
import { within } from './abortable.ts';
import { array, natural, nothing, number, object, optional, record, string, union } from './schema.ts';
import type { Check } from './schema.ts';

interface Loading {
  model: string;
  device: string;
  atMs: number;
}

/** What is kept. Plain JSON. */
export interface BreakerRecord {
  /** What is being loaded; left behind only by a crash. */
  loading: Loading | null;
  /** Crashes in a row by `${model} ${device}`; a load that succeeds clears its own. */
  crashes: Record<string, number>;
  /** GPUs whose numbers for a model were wrong, as `${model} ${gpu}`; absent where none were. */
  wrong?: string[];
}

export const isBreakerRecord: Check<BreakerRecord> = object<BreakerRecord>({
  loading: union(object<Loading>({ model: string, device: string, atMs: number }), nothing),
  crashes: record(natural),
  wrong: optional(array(string)),
});

export interface BreakerStore {
  get(): Promise<BreakerRecord | undefined>;
  set(record: BreakerRecord): Promise<void>;
}

/** So many crashes of a model on all devices turn it off. */
export const CRASH_LIMIT = 3;

const STORE_MS = 2_000;

/** The reader's way to try again. */
export const NO_CRASHES: BreakerRecord = { loading: null, crashes: {} };

const key = (model: string, device: string) => `${model} ${device}`;

/** One model's breaker, over a store that the reader may clear at any time. */
export class CrashBreaker {
  private record = NO_CRASHES;
  private recovered = false;

  constructor(
    private readonly store: BreakerStore,
    private readonly model: string,
  ) {}

  /** Before a choice of device. `isWrong`: whether a GPU is known to compute wrongly. */
  async read(): Promise<{ off: boolean; demotes(device: string): boolean; isWrong(gpu: string): boolean }> {
    // A store that fails or hangs must not keep the model from running.
    const record = await readCrashes(this.store);
    if (this.recovered) this.record = { ...record, loading: this.record.loading };
    else await this.write(recover(record));
    this.recovered = true;
    return {
      off: isOff(this.record, this.model),
      demotes: (device) => isDemoted(this.record, this.model, device),
      isWrong: (gpu) => this.record.wrong?.includes(key(this.model, gpu)) ?? false,
    };
  }

  /** Resolves when the record is safe: only then may the load begin. */
  async begin(device: string): Promise<void> {
    await this.write({ ...this.record, loading: { model: this.model, device, atMs: Date.now() } });
  }

  /** The host has survived the load; `works` where the model has answered. */
  async end(works: boolean): Promise<void> {
    if (this.record.loading) await this.write(loaded(this.record, works));
  }

  /** What a load on that GPU has shown of its numbers. */
  async judge(gpu: string, isWrong: boolean): Promise<void> {
    const known = this.record.wrong ?? [];
    const judged = key(this.model, gpu);
    if (known.includes(judged) === isWrong) return;
    const { wrong: _, ...rest } = this.record;
    const wrong = isWrong ? [...known, judged] : known.filter((each) => each !== judged);
    await this.write({ ...rest, ...(wrong.length > 0 && { wrong }) });
  }

  private async write(record: BreakerRecord): Promise<void> {
    this.record = record;
    await within(STORE_MS, 'crash record', this.store.set(record)).catch(() => undefined); // As above.
  }
}

/** At the host's start: a load that was never finished counts as a crash. */
export function recover(record: BreakerRecord): BreakerRecord {
  const { loading, crashes } = record;
  if (!loading) return record;
  const crashed = key(loading.model, loading.device);
  return { ...record, loading: null, crashes: { ...crashes, [crashed]: (crashes[crashed] ?? 0) + 1 } };
}

/** After a load; a model that works has its crashes on that device cleared. */
export function loaded(record: BreakerRecord, works: boolean): BreakerRecord {
  const cleared = works && record.loading ? key(record.loading.model, record.loading.device) : null;
  return {
    ...record,
    loading: null,
    crashes: Object.fromEntries(Object.entries(record.crashes).filter(([of]) => of !== cleared)),
  };
}

/** What is known of crashes, at the host's start. A store that fails or hangs knows of none. */
export async function recoverCrashes(store: BreakerStore): Promise<BreakerRecord> {
  const record = recover(await readCrashes(store));
  await within(STORE_MS, 'crash record', store.set(record)).catch(() => undefined); // As it says.
  return record;
}

/** The same later. */
export async function readCrashes(store: BreakerStore): Promise<BreakerRecord> {
  const stored = await within(STORE_MS, 'crash record', store.get()).catch(() => undefined);
  return isBreakerRecord(stored) ? stored : NO_CRASHES;
}

/** True where the reader has to act first: the model has crashed too often. */
export function isOff({ crashes }: BreakerRecord, model: string): boolean {
  const total = Object.entries(crashes).reduce(
    (sum, [of, count]) => (of.startsWith(`${model} `) ? sum + count : sum),
    0,
  );
  return total >= CRASH_LIMIT;
}

/** True where a device is passed over as long as there is another. */
export function isDemoted({ crashes }: BreakerRecord, model: string, device: string): boolean {
  return (crashes[key(model, device)] ?? 0) > 0;
}
