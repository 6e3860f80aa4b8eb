// Other words for what the reader is writing, as hunks to take or leave.
import { AppError } from '../../errors.ts';
import type { RewriteTask, TaskEvent } from '../../protocol.ts';
import type { Models } from '../models.ts';

/** Yields `hunks`, `done` last. Throws `aborted`, and what the models throw. */
 
export async function* rewrite(task: RewriteTask, _models: Models, _signal: AbortSignal): AsyncGenerator<TaskEvent> {
  await Promise.resolve();
  throw new AppError('unsupported', task.kind);
}
