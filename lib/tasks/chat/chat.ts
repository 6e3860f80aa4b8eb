// Answering a question about what the reader has open: passages first, then what the model makes of them.
import { AppError } from '../../errors.ts';
import type { ChatTask, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';

/** Yields `passages` before it asks for any model; `done` last. Throws `aborted`, and what the models throw. */
 
export async function* chat(task: ChatTask, _models: Models, _signal: AbortSignal): AsyncGenerator<TaskEvent> {
  await Promise.resolve();
  throw new AppError('unsupported', task.kind);
}
