// What engines have in common whose model is not in their worker: no device to choose and nothing to crash.
import type { Sampling } from '../model/language-model.ts';
import { SingleWorkerEngine } from './single-worker-engine.ts';
import type { SingleWorkerOptions } from './single-worker-engine.ts';
import { DEADLINES } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import type { WorkerLike } from './worker-link.ts';

export interface OutsideEngineOptions extends SingleWorkerOptions {
  spawn: () => WorkerLike;
  assetsUrl: string;
  /** Of what is checked in the worker. */
  threads: number;
  /** Where a task does not choose its own. */
  sampling?: Sampling | undefined;
}

/** The model may have to be loaded first, where nobody tells how far that is: these are for a worker that hangs. */
const OUTSIDE_DEADLINES: Deadlines = { ...DEADLINES, loadMs: 180_000, stepMs: 180_000, tokenMs: 90_000 };

export abstract class OutsideEngine<Options extends OutsideEngineOptions> extends SingleWorkerEngine<Options> {
  constructor(options: Options) {
    super(options, OUTSIDE_DEADLINES);
  }
}
