// The page that the benchmark opens for each run: it takes one engine and one thread count, and reports one Timing.
// Engines that compute on the calling thread run in a worker, as their documentation advises; wllama brings its own.
import type { Plan, Timing } from './peer.ts';
import { measure } from './peer.ts';
import { wllamaPeer } from './wllama-peer.ts';

export interface Job {
  engine: 'inkling' | 'wllama' | 'transformers.js';
  threads: number;
  plan: Plan;
}

declare global {
  interface Window {
    runJob(job: Job): Promise<Timing>;
  }
}

window.runJob = (job) =>
  job.engine === 'wllama'
    ? measure(wllamaPeer({ wasm: '/wllama/wllama.wasm', gguf: '/weights/q8_0.gguf' }, job.threads), job.plan)
    : inWorker(job);

function inWorker(job: Job): Promise<Timing> {
  const worker = new Worker(`/bench/${job.engine}-worker.js`, { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Timing | { error: string }>) => {
      if ('error' in event.data) reject(new Error(event.data.error));
      else resolve(event.data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(job);
  });
}
