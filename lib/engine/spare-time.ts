// Work for when nothing else is to be done: it is not begun beside other work, gives way to it, and goes on after it. Whoever has asked
// for such work hears of none of that.
import { isAbort, throwIfAborted } from '../errors.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import { abortable } from './abortable.ts';
import type { Engine } from './engine.ts';
import { rising } from './progress.ts';
import { watched } from './watched.ts';

/** Other work often comes in pieces (a page's paragraphs, a question after an answer): between two of them there is no time to spare. */
const CALM_MS = 1_000;

export class SpareTime {
  private running = 0;
  /** Of other work, so far. */
  private begun = 0;
  private readonly spare = new Set<AbortController>();
  /** They wait for the end of other work. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly calmMs = CALM_MS) {}

  /** The same engine, whose runs come first: each ends what is done in spare time. */
  first(engine: Engine): Engine {
    const enter = () => {
      this.running++;
      this.begun++;
      for (const each of this.spare) each.abort();
    };
    const leave = () => {
      this.running--;
      if (this.running > 0) return;
      for (const go of this.waiting) go();
      this.waiting.clear();
    };
    return watched(engine, enter, leave);
  }

  /** The same engine, whose runs give way, and are begun anew when the other work is over: for tasks that cost little where they are done. */
  last(engine: Engine): Engine {
    const run = this.run.bind(this, engine);
    return { run };
  }

  private async *run(engine: Engine, task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    throwIfAborted(asked);
    const rise = rising();
    for (;;) {
      if (this.running > 0) await this.calm(asked);
      const way = new AbortController();
      this.spare.add(way);
      try {
        for await (const event of engine.run(task, AbortSignal.any([asked, way.signal]))) yield rise(event);
        return;
      } catch (error) {
        if (asked.aborted || !way.signal.aborted || !isAbort(error)) throw error;
      } finally {
        this.spare.delete(way);
      }
    }
  }

  /** Resolves when no other work is done, and none has been for a while. Rejects with `aborted`. */
  private async calm(asked: AbortSignal): Promise<void> {
    for (let before = -1; before !== this.begun || this.running > 0;) {
      if (this.running > 0) await abortable(new Promise<void>((go) => this.waiting.add(go)), asked);
      before = this.begun;
      await abortable(new Promise((over) => setTimeout(over, this.calmMs)), asked);
    }
  }
}
