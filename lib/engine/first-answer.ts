// What needs no model, at once, while the host starts and the model loads: for pages, around an engine over a port.
import { throwIfAborted } from '../errors.ts';
import type { JobTask, TaskEvent } from '../protocol.ts';
import { passagesAmong, retrieve } from '../tasks/chat/retrieve.ts';
import { selectSentences } from '../tasks/select.ts';
import type { JobEngine } from './engine.ts';

/** The same engine, whose runs begin with the key sentences, or the passages that have the question's words. */
export function answerFirst(engine: JobEngine): JobEngine {
  return {
    async *run(task, signal) {
      throwIfAborted(signal);
      yield firstAnswer(task);
      yield* engine.run(task, signal);
    },
    attach: (kind, signal) => engine.attach(kind, signal),
  };
}

function firstAnswer(task: JobTask): TaskEvent {
  if (task.kind === 'summarize') return { kind: 'quotes', ...selectSentences(task.article, task) };
  return { kind: 'passages', passages: passagesAmong(retrieve(task).candidates, task.articles) };
}
