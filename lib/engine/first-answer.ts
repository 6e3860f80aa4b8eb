// A summary's key sentences need no model: they come at once, while the host starts and the model loads. For pages, around an engine over a
// port. (A question's passages: components/use-chat.ts, before the page has been read anew.)
import { throwIfAborted } from '../errors.ts';
import { selectSentences } from '../tasks/select.ts';
import type { JobEngine } from './engine.ts';

/** The same engine, whose summaries begin with the key sentences. */
export function answerFirst(engine: JobEngine): JobEngine {
  return {
    async *run(task, signal) {
      throwIfAborted(signal);
      if (task.kind !== 'summarize') {
        yield* engine.run(task, signal);
        return;
      }
      // Begun before, so that a panel which is closed at the sight of them has handed its task over.
      const events = engine.run(task, signal)[Symbol.asyncIterator]();
      const begun = events.next();
      begun.catch(() => undefined); // awaited below, unless nobody wants it any more
      try {
        yield { kind: 'quotes', ...selectSentences(task.article, task) };
        for (let next = await begun; !next.done; next = await events.next()) yield next.value;
      } finally {
        await events.return?.();
      }
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}
