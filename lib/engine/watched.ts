// Lets another part know when an engine is at work.
import type { Engine } from './engine.ts';

/** The same engine, whose runs call `enter` as they begin and `leave` however they end. */
export function watched(engine: Engine, enter: () => void, leave: () => void): Engine {
  return {
    async *run(task, signal) {
      enter();
      try {
        yield* engine.run(task, signal);
      } finally {
        leave();
      }
    },
  };
}
