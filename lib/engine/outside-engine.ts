// What engines have in common whose model is not in their worker: no device to choose and nothing to crash. One task at a time, in a
// worker that is ended after a while without one.
import type { Sampling } from '../model/language-model.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import type { RetiringEngine } from './engine-slot.ts';
import { Queue } from './queue.ts';
import { DEADLINES } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import type { WorkerLike, WorkerLink } from './worker-link.ts';

export interface OutsideEngineOptions {
  spawn: () => WorkerLike;
  assetsUrl: string;
  /** Of what is checked in the worker. */
  threads: number;
  /** Where a task does not choose its own. */
  sampling?: Sampling | undefined;
  deadlines?: Partial<Deadlines>;
  idleWorkerMs: number;
}

/** The model may have to be loaded first, where nobody tells how far that is: these are for a worker that hangs. */
const OUTSIDE_DEADLINES: Deadlines = { ...DEADLINES, loadMs: 180_000, stepMs: 180_000, tokenMs: 90_000 };

export abstract class OutsideEngine<Options extends OutsideEngineOptions> implements RetiringEngine {
  protected readonly deadlines: Deadlines;
  protected link: WorkerLink | undefined;
  private readonly queue = new Queue();
  private readonly life = new AbortController();
  private idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(protected readonly options: Options) {
    this.deadlines = { ...OUTSIDE_DEADLINES, ...options.deadlines };
  }

  async *run(task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const signal = AbortSignal.any([asked, this.life.signal]);
    const release = await this.queue.enter(signal);
    clearTimeout(this.idleTimer);
    try {
      yield* this.attempts(task, signal);
    } finally {
      void this.settle().then(release);
    }
  }

  /** Ends the runs under way and the worker. */
  dispose(): void {
    this.life.abort();
    this.link?.end();
    clearTimeout(this.idleTimer);
  }

  /** Ends the worker once what was asked for before is done. */
  async retire(): Promise<void> {
    await this.queue.enter(this.life.signal).catch(() => undefined); // disposed already
    this.dispose();
  }

  /** The task, alone; on another model where that is what the reader chose. */
  protected abstract attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void>;

  private async settle(): Promise<void> {
    await this.link?.settle(this.deadlines.stopMs);
    clearTimeout(this.idleTimer);
    if (this.life.signal.aborted) return;
    this.idleTimer = setTimeout(() => this.link?.end(), this.options.idleWorkerMs);
  }
}
