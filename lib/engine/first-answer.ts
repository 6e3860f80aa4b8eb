// What needs no model, at once, while the host starts and the model loads: for pages, around an engine over a port.
import { throwIfAborted } from '../errors.ts';
import type { JobTask, TaskEvent } from '../protocol.ts';
import { firstPassages } from '../tasks/chat/gist.ts';
import { selectSentences } from '../tasks/select.ts';
import type { JobEngine } from './engine.ts';

/** The same engine, whose runs begin with the key sentences, or the passages that have the question's words. */
export function answerFirst(engine: JobEngine): JobEngine {
  return {
    async *run(task, signal) {
      throwIfAborted(signal);
      // Begun before, so that a panel which is closed at the sight of them has handed its task over.
      const events = engine.run(task, signal)[Symbol.asyncIterator]();
      const begun = events.next();
      begun.catch(() => undefined); // awaited below, unless nobody wants it any more
      try {
        yield firstAnswer(task);
        for (let next = await begun; !next.done; next = await events.next()) yield next.value;
      } finally {
        await events.return?.();
      }
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}

function firstAnswer(task: JobTask): TaskEvent {
  if (task.kind === 'summarize') return { kind: 'quotes', ...selectSentences(task.article, task) };
  return { kind: 'passages', passages: firstPassages(task) };
}
