// Work for when nothing else is to be done: it is not begun beside other work, and gives way to it. Whoever asked for such work is not
// told why it ended: it was worth doing only as long as nobody waited.
import { isAbort, throwIfAborted } from '../errors.ts';
import type { TaskEvent } from '../protocol.ts';
import type { Engine } from './engine.ts';
import { watched } from './watched.ts';

export class SpareTime {
  private running = 0;
  private readonly spare = new Set<AbortController>();

  /** The same engine, whose runs come first: each ends what is done in spare time. */
  first(engine: Engine): Engine {
    const enter = () => {
      this.running++;
      for (const each of this.spare) each.abort();
    };
    const leave = () => {
      this.running--;
    };
    return watched(engine, enter, leave);
  }

  /** The same engine, whose runs give way: a run that does ends as one that is done. */
  last(engine: Engine): Engine {
    const run = this.run.bind(this);
    return { run: (task, signal) => run(engine.run.bind(engine, task), signal) };
  }

  private async *run(
    begin: (signal: AbortSignal) => AsyncIterable<TaskEvent>,
    asked: AbortSignal,
  ): AsyncGenerator<TaskEvent, void, void> {
    throwIfAborted(asked);
    const way = new AbortController();
    if (this.running > 0) way.abort();
    this.spare.add(way);
    try {
      yield* begin(AbortSignal.any([asked, way.signal]));
    } catch (error) {
      if (asked.aborted || !isAbort(error)) throw error;
      yield { kind: 'done', finishReason: 'stop', metrics: null };
    } finally {
      this.spare.delete(way);
    }
  }
}
