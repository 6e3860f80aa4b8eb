// The key sentences at once, while the host starts and the model loads: for pages, around an engine over a port.
import { throwIfAborted } from '../errors.ts';
import { selectSentences } from '../tasks/select.ts';
import type { JobEngine } from './engine.ts';

/** The same engine, whose runs begin with the sentences that need no model. */
export function quotesFirst(engine: JobEngine): JobEngine {
  return {
    async *run(task, signal) {
      throwIfAborted(signal);
      if (task.kind === 'summarize') yield { kind: 'quotes', ...selectSentences(task.article, task) };
      yield* engine.run(task, signal);
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}
