// What engines have in common that run one task at a time in one worker: those that ask wait, the worker gets time to stop, and is
// ended after a while without a task. What is done in it, and what a failure means, is the engine's own.
import type { Task, TaskEvent } from '../protocol.ts';
import type { RetiringEngine } from './engine-slot.ts';
import { Queue } from './queue.ts';
import { DEADLINES } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import type { WorkerLink } from './worker-link.ts';

export interface SingleWorkerOptions {
  deadlines?: Partial<Deadlines>;
  /** The worker is ended after so long without a task. */
  idleWorkerMs: number;
}

export abstract class SingleWorkerEngine<Options extends SingleWorkerOptions> implements RetiringEngine {
  protected readonly deadlines: Deadlines;
  protected link: WorkerLink | undefined;
  private readonly queue = new Queue();
  private readonly life = new AbortController();
  /** Fires when no task will come any more. */
  private readonly retiring = new AbortController();
  private idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    protected readonly options: Options,
    usual: Deadlines = DEADLINES,
  ) {
    this.deadlines = { ...usual, ...options.deadlines };
  }

  async *run(task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const signal = AbortSignal.any([asked, this.life.signal]);
    const release = await this.queue.enter(signal);
    clearTimeout(this.idleTimer);
    try {
      yield* this.attempts(task, signal);
    } finally {
      void this.rest(task).then(release);
    }
  }

  /** Ends the run under way, those that wait, and the worker. */
  dispose(): void {
    this.life.abort();
    this.link?.end();
    clearTimeout(this.idleTimer);
  }

  /** Ends the worker once what was asked for before is done. */
  async retire(): Promise<void> {
    this.retiring.abort();
    await this.queue.enter(this.life.signal).catch(() => undefined); // disposed already
    this.dispose();
  }

  /** The task, alone. */
  protected abstract attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void>;

  /** Resolves when the worker is at rest after the task, or has been ended: the next task waits for it. */
  protected async settle(_task: Task, _retiring: AbortSignal): Promise<void> {
    await this.link?.settle(this.deadlines.stopMs);
  }

  private async rest(task: Task): Promise<void> {
    await this.settle(task, this.retiring.signal);
    clearTimeout(this.idleTimer);
    if (this.life.signal.aborted) return;
    this.idleTimer = setTimeout(() => this.link?.end(), this.options.idleWorkerMs);
  }
}
