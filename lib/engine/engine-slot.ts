// A place for one engine at a time, because two models would not fit in memory: another one takes it when the runs before are over.
import type { Task, TaskEvent } from '../protocol.ts';
import { abortable } from './abortable.ts';
import type { Engine } from './engine.ts';
import { Queue } from './queue.ts';

export interface RetiringEngine extends Engine {
  /** Ends its worker once what was asked for before is done. */
  retire(): Promise<void>;
  /** Ends the runs under way and the worker. */
  dispose(): void;
}

export class EngineSlot {
  private readonly queue = new Queue();
  private current: { key: string; engine: RetiringEngine } | undefined;
  /** Resolves when those before have gone. */
  private vacant = Promise.resolve();

  /** Runs the task on the engine of that key, which `make` makes where it is not the one in place. */
  async *run(
    key: string,
    make: () => RetiringEngine,
    task: Task,
    signal: AbortSignal,
  ): AsyncGenerator<TaskEvent, void, void> {
    const release = await this.queue.enter(signal);
    try {
      if (this.current?.key !== key) this.leave();
      await abortable(this.vacant, signal);
      this.current ??= { key, engine: make() };
      yield* this.current.engine.run(task, signal);
    } finally {
      release();
    }
  }

  /** Whether an engine of that key would take no other's place. */
  isFreeFor(key: string): boolean {
    return !this.current || this.current.key === key;
  }

  dispose(): void {
    this.current?.engine.dispose();
  }

  private leave(): void {
    const leaving = this.current?.engine;
    this.current = undefined;
    this.vacant = this.vacant.then(() => leaving?.retire());
  }
}
