// Runs tasks with models on servers of the reader's choice: in a worker as any model, with no device to choose and nothing to crash.
// The next server takes over where one is down, as long as the reader has been given no text; never a model of this machine.
import { AppError, toWire } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { hostOf } from '../model/openai/server.ts';
import type { ServerEntry } from '../model/openai/server.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import type { ModelStart } from './model-start.ts';
import { OutsideEngine } from './outside-engine.ts';
import type { OutsideEngineOptions } from './outside-engine.ts';
import { rising } from './progress.ts';
import { isAnswer, supervised } from './supervised.ts';
import { WorkerLink } from './worker-link.ts';

export interface ServerEngineOptions extends OutsideEngineOptions {
  /** In the order in which they are asked; at least one. */
  entries: readonly ServerEntry[];
}

/** So long one that was down is asked last. */
const DOWN_MS = 60_000;
const DOWN: ErrorCode[] = ['server-unreachable', 'server-busy', 'server-failed', 'server-garbled', 'timed-out'];

export class ServerEngine extends OutsideEngine<ServerEngineOptions> {
  private readonly downAtMs = new Map<string, number>();
  /** Whose model the link's worker has. */
  private linked: ServerEntry | undefined;

  protected async *attempts(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
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
}
