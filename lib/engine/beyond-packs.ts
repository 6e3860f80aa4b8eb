// Translation between languages that no pack has, not even through English: by a language model, if the reader has one that may.
import { toWire } from '../errors.ts';
import type { Engine } from './engine.ts';

/** `models` throws `no-such-pair` where none of them may, or knows both languages. */
export function beyondPacks(packs: Engine, models: Engine): Engine {
  return {
    async *run(task, signal) {
      try {
        yield* packs.run(task, signal);
      } catch (error) {
        // Said before anything is translated.
        if (task.kind !== 'translate' || toWire(error).code !== 'no-such-pair') throw error;
        yield* models.run(task, signal);
      }
    },
  };
}
