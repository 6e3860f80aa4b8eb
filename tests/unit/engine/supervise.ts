// A supervisor over fake workers, for the tests of lib/engine/worker-engine.ts.
import { onTestFinished } from 'vitest';
import type { Backend } from '../../../lib/engine/backend.ts';
import type { WorkerEngineOptions } from '../../../lib/engine/worker-engine.ts';
import type { BackendEvent, TaskEvent } from '../../../lib/protocol.ts';
import { summarizeTask } from '../../fakes/article.ts';
import type { FakeEngine } from '../../fakes/engine.ts';
import { collect, forever } from '../../fakes/events.ts';
import { MemoryStore, workerEngine } from '../../fakes/hosted.ts';
import { FakeWorker } from '../../fakes/worker.ts';

export const GPU: Backend = { device: 'gpu', threads: 1 };
export const CPU: Backend = { device: 'cpu', threads: 2 };
export const LOADING: TaskEvent = { kind: 'progress', phase: 'loading', fraction: 0, loadedBytes: 0, totalBytes: 1 };
export const DONE: TaskEvent = { kind: 'done', finishReason: 'stop', metrics: null };

export const never = () => new Promise<never>(() => undefined);

export function backends(events: TaskEvent[]): BackendEvent[] {
  return events.filter((event) => event.kind === 'backend');
}

/** Its workers run these engines, one after the other, the last one again and again. The GPU comes first, then the CPU. */
export function supervise(inner: FakeEngine[], options: Partial<WorkerEngineOptions> = {}) {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    const worker = new FakeWorker(() => inner[Math.min(workers.length, inner.length) - 1]);
    workers.push(worker);
    return worker;
  };
  const store = new MemoryStore();
  const engine = workerEngine({ spawn, store, probe: () => Promise.resolve({ backends: [GPU, CPU] }), ...options });
  onTestFinished(() => engine.dispose());
  const run = (signal = forever()) => collect(engine.run(summarizeTask(), signal));
  return { engine, workers, store, run, devices: () => workers.map(({ start }) => start?.device) };
}
