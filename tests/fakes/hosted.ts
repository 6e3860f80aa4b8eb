// Real engines around fake parts, with what a test does not care about filled in.
import type { BreakerRecord, BreakerStore } from '../../lib/engine/crash-breaker.ts';
import { LocalEngine } from '../../lib/engine/local-engine.ts';
import type { Parts } from '../../lib/engine/local-engine.ts';
import { WorkerEngine } from '../../lib/engine/worker-engine.ts';
import type { WorkerEngineOptions } from '../../lib/engine/worker-engine.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { FakeEmbedder, FakeLanguageModel } from './language-model.ts';

export class MemoryStore implements BreakerStore {
  record: BreakerRecord | undefined;

  get(): Promise<BreakerRecord | undefined> {
    return Promise.resolve(this.record && structuredClone(this.record));
  }

  set(record: BreakerRecord): Promise<void> {
    this.record = structuredClone(record);
    return Promise.resolve();
  }
}

export function workerEngine(options: Pick<WorkerEngineOptions, 'spawn'> & Partial<WorkerEngineOptions>): WorkerEngine {
  return new WorkerEngine({
    model: DEFAULT_MODEL,
    assetsUrl: 'https://package.invalid/',
    store: new MemoryStore(),
    probe: () => Promise.resolve({ backends: [{ device: 'cpu', threads: 1 }] }),
    idleWorkerMs: 60_000,
    ...options,
  });
}

export function localEngine(perform: Parts['perform'], parts: Partial<Parts> = {}): LocalEngine {
  return new LocalEngine({
    entry: DEFAULT_MODEL,
    loadLanguageModel: () => Promise.resolve(new FakeLanguageModel()),
    loadEmbedder: () => Promise.resolve(new FakeEmbedder()),
    perform,
    ...parts,
  });
}
