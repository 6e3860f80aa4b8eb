// Translation between languages that no pack has, not even through English: by a language model, if the reader has one that may.
import { findRoute } from '../model/packs/catalogue.ts';
import type { Engine } from './engine.ts';

/** `models` throws `no-such-pair` where none of them knows both languages. */
export function beyondPacks(packs: Engine, models: Engine): Engine {
  return {
    run: (task, signal) => {
      const isBeyond = task.kind === 'translate' && findRoute(task.pair) === null;
      return (isBeyond ? models : packs).run(task, signal);
    },
  };
}
