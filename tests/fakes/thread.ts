// A worker in a thread of its own, as real as a browser's: it can spin, die and be terminated. Runs tests/fakes/thread-script.ts.
import { Worker } from 'node:worker_threads';
import type { Transferable as NodeTransferable } from 'node:worker_threads';
import type { WorkerLike } from '../../lib/engine/worker-link.ts';

const TSX = JSON.stringify(import.meta.resolve('tsx/esm/api'));
const SCRIPT = JSON.stringify(new URL('./thread-script.ts', import.meta.url).href);

export interface Thread extends WorkerLike {
  /** Resolves when the thread has ended, by whatever cause. */
  readonly ended: Promise<void>;
}

export function spawnThread(): Thread {
  // Node 20 does not take TypeScript for a thread's script, nor a loader from its command line.
  const script = `import(${TSX}).then(({ tsImport }) => tsImport(${SCRIPT}, ${SCRIPT}))`;
  const worker = new Worker(script, { eval: true });
  // Without a listener an error of the thread would end this process; the supervisor has its own.
  worker.on('error', () => undefined);
  return {
    ended: new Promise((resolve) => worker.once('exit', () => resolve())),
    postMessage: (message, transfer) => worker.postMessage(message, transfer as unknown as NodeTransferable[]),
    terminate: () => void worker.terminate(),
    addEventListener: (_, listener) => void worker.on('error', (error: Error) => listener({ message: error.message })),
  };
}
