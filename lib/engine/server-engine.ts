// Runs tasks with models on servers of the reader's choice: in a worker as any model, with no device to choose and nothing to crash.
// The next server takes over where one is down, as long as the reader has been given no text; never a model of this machine.
import { AppError, toWire } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { Sampling } from '../model/language-model.ts';
import { hostOf } from '../model/openai/server.ts';
import type { ServerEntry } from '../model/openai/server.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import type { Engine } from './engine.ts';
import type { ModelStart } from './model-start.ts';
import { rising } from './progress.ts';
import { Queue } from './queue.ts';
import { isAnswer, supervised } from './supervised.ts';
import { DEADLINES } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import { WorkerLink } from './worker-link.ts';
import type { WorkerLike } from './worker-link.ts';

export interface ServerEngineOptions {
  spawn: () => WorkerLike;
  /** In the order in which they are asked; at least one. */
  entries: readonly ServerEntry[];
  assetsUrl: string;
  /** Of what is checked here. */
  threads: number;
  sampling?: Sampling;
  deadlines?: Partial<Deadlines>;
  idleWorkerMs: number;
}

/** The request has deadlines of its own (lib/model/openai), and a server may load its model first: these are for a worker that hangs. */
const SERVER_DEADLINES: Deadlines = { ...DEADLINES, loadMs: 180_000, stepMs: 180_000, tokenMs: 90_000 };
/** So long one that was down is asked last. */
const DOWN_MS = 60_000;
const DOWN: ErrorCode[] = ['server-unreachable', 'server-busy', 'server-failed', 'server-garbled', 'timed-out'];

export class ServerEngine implements Engine {
  private readonly queue = new Queue();
  private readonly life = new AbortController();
  private readonly deadlines: Deadlines;
  private readonly downAtMs = new Map<string, number>();
  private link: WorkerLink | undefined;
  /** Whose model the link's worker has. */
  private linked: ServerEntry | undefined;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ServerEngineOptions) {
    this.deadlines = { ...SERVER_DEADLINES, ...options.deadlines };
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

  private async *attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const rise = rising();
    const failures: AppError[] = [];
    for (const entry of this.inOrder()) {
      let answered = false;
      try {
        yield { kind: 'backend', model: entry.name, device: 'remote', host: hostOf(entry.server), threads: 0 };
        for await (const event of supervised(this.linkTo(entry), task, signal, this.deadlines)) {
          answered ||= isAnswer(event);
          yield rise(event);
        }
        this.downAtMs.delete(entry.id);
        return;
      } catch (error) {
        const { code, detail } = toWire(error);
        if (code === 'internal' || code === 'timed-out') this.link?.end();
        if (!DOWN.includes(code)) throw error;
        this.downAtMs.set(entry.id, Date.now());
        failures.push(
          code === 'timed-out' ? new AppError('server-unreachable', hostOf(entry.server)) : new AppError(code, detail),
        );
        if (answered) break;
      }
    }
    throw new AppError(failures[0].code, failures.map(({ detail }) => detail).join('; '));
  }

  /** As the reader listed them; those that were down a moment ago after the others. */
  private inOrder(): ServerEntry[] {
    const isDown = ({ id }: ServerEntry) => Date.now() - (this.downAtMs.get(id) ?? -Infinity) < DOWN_MS;
    return this.options.entries.toSorted((a, b) => Number(isDown(a)) - Number(isDown(b)));
  }

  private linkTo(entry: ServerEntry): WorkerLink {
    if (this.link?.alive && this.linked === entry) return this.link;
    this.link?.end();
    const { spawn, assetsUrl, threads, sampling } = this.options;
    const start: ModelStart = { kind: 'start', device: 'remote', entry, assetsUrl, threads, sampling };
    this.linked = entry;
    return (this.link = new WorkerLink(spawn(), start));
  }

  private async settle(): Promise<void> {
    await this.link?.settle(this.deadlines.stopMs);
    clearTimeout(this.idleTimer);
    if (this.life.signal.aborted) return;
    this.idleTimer = setTimeout(() => this.link?.end(), this.options.idleWorkerMs);
  }
}
