// One engine out of several: each kind of task is run by the one that can do it.
import { AppError } from '../errors.ts';
import type { Task } from '../protocol.ts';
import type { Engine } from './engine.ts';

/** A kind without an engine is refused with `internal`: whoever asks may not ask for that. */
export function byKind(engines: Partial<Record<Task['kind'], Engine>>): Engine {
  return {
    run(task, signal) {
      const engine = engines[task.kind];
      if (!engine) throw new AppError('internal', `${task.kind} may not be asked for here`);
      return engine.run(task, signal);
    },
  };
}
