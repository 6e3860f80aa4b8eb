// Answering a question about what the reader has open: passages first, then what the model makes of them.
import { throwIfAborted } from '../../errors.ts';
import type { ChatTask, Statement, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';
import { passagesAmong, retrieve, type Candidate } from './retrieve.ts';

/** Yields `passages` before it asks for any model; `done` last. Throws `aborted`, and what the models throw. */
export async function* chat(task: ChatTask, _models: Models, signal: AbortSignal): AsyncGenerator<TaskEvent> {
  throwIfAborted(signal);
  const { candidates } = retrieve(task);
  yield { kind: 'passages', passages: passagesAmong(candidates, task.articles) };
  await Promise.resolve();
  const best = candidates.at(0);
  if (best) yield { kind: 'statement', statement: quoted(best) };
  else yield { kind: 'unanswered' };
  yield { kind: 'done', finishReason: 'stop', metrics: null };
}

function quoted({ article, sentence }: Candidate): Statement {
  const { text, block, start, end } = sentence;
  return { text, support: 'quoted', origin: 'page', sources: [{ article, block, start, end }], doubts: [] };
}
