// The supervisor of many short tasks: translations (a few workers of one thread each are faster than one of several threads), grammar.
// Workers start when there is work for them; a silent one is ended. A download has a worker of its own. Knows workers, not browsers.
import { AppError, throwIfAborted, toWire } from '../errors.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import type { Engine } from './engine.ts';
import type { PackageFiles } from './package-files.ts';
import { rising } from './progress.ts';
import { supervised } from './supervised.ts';
import { DEADLINES } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import { WorkerLink } from './worker-link.ts';
import type { StartMessage, WorkerLike } from './worker-link.ts';

export interface WorkerPoolOptions {
  /** A new worker of the kind that does the tasks. */
  spawn: () => WorkerLike;
  assetsUrl: string;
  /** Of the package, that each worker wants. */
  packageFiles?: PackageFiles;
  /** At most so many work at once. */
  workers: number;
  /** A worker is ended after so long without a task. */
  idleWorkerMs: number;
  deadlines?: Partial<Deadlines>;
}

/** Errors that say nothing against the worker. */
const HARMLESS = ['aborted', 'no-such-pair', 'pack-missing', 'input-too-long', 'needs-model'];

/** A worker's place in the pool. */
interface Slot {
  link?: WorkerLink;
  idleTimer?: ReturnType<typeof setTimeout>;
}

export class WorkerPool implements Engine {
  private readonly deadlines: Deadlines;
  private readonly life = new AbortController();
  /** The one used last is the next: another worker starts only where there is work for two. */
  private readonly free: Slot[];
  private readonly waiting: ((slot: Slot) => void)[] = [];

  constructor(private readonly options: WorkerPoolOptions) {
    this.deadlines = { ...DEADLINES, ...options.deadlines };
    this.free = Array.from({ length: options.workers }, () => ({}));
  }

  async *run(task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const signal = AbortSignal.any([asked, this.life.signal]);
    throwIfAborted(signal);
    if (task.kind === 'summarize') throw new AppError('internal', `${task.kind} is not done here`);
    const slot = task.kind === 'download' ? {} : await this.enter(signal);
    clearTimeout(slot.idleTimer);
    try {
      yield* this.attempt(slot, task, signal);
    } finally {
      void this.settle(slot).then(() => {
        if (task.kind === 'download') slot.link?.end();
        else this.leave(slot);
      });
    }
  }

  /** Ends all runs and workers. */
  dispose(): void {
    this.life.abort();
    for (const slot of this.free) {
      clearTimeout(slot.idleTimer);
      slot.link?.end();
    }
  }

  private async *attempt(slot: Slot, task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const link = slot.link?.alive ? slot.link : (slot.link = this.start(task));
    const rise = rising();
    try {
      for await (const event of supervised(link, task, signal, this.deadlines)) yield rise(event);
    } catch (error) {
      if (!HARMLESS.includes(toWire(error).code)) link.end();
      throw error;
    }
  }

  private start(task: Task): WorkerLink {
    const { spawn, assetsUrl } = this.options;
    const packageFiles = task.kind === 'download' ? undefined : this.options.packageFiles?.serve();
    const start: StartMessage = { kind: 'start', assetsUrl, ...(packageFiles && { packageFiles }) };
    return new WorkerLink(spawn(), start, packageFiles && [packageFiles]);
  }

  private enter(signal: AbortSignal): Promise<Slot> {
    const slot = this.free.pop();
    if (slot) return Promise.resolve(slot);
    return new Promise((resolve, reject) => {
      const take = (freed: Slot) => {
        signal.removeEventListener('abort', abort);
        resolve(freed);
      };
      const abort = () => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        reject(new AppError('aborted'));
      };
      signal.addEventListener('abort', abort, { once: true });
      this.waiting.push(take);
    });
  }

  private leave(slot: Slot): void {
    const next = this.waiting.shift();
    if (next) next(slot);
    else this.free.push(slot);
  }

  /** When the worker has really stopped: ready for the next task, or for a rest. */
  private async settle(slot: Slot): Promise<void> {
    await slot.link?.settle(this.deadlines.stopMs);
    if (this.life.signal.aborted) slot.link?.end();
    else slot.idleTimer = setTimeout(() => slot.link?.end(), this.options.idleWorkerMs);
  }
}
