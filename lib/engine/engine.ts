// The seam of *where* a task runs: implemented in the worker, in the host that owns it, over a port, and by a fake.
import type { Task, TaskEvent } from '../protocol.ts';

/**
 * Laws, each a contract test over every implementation: a run ends, last, with exactly one `done` or one throw; progress never
 * falls; an abort ends the iteration at once with `aborted`; a port that closes before `done` throws `host-gone`.
 */
export interface Engine {
  run(task: Task, signal: AbortSignal): AsyncIterable<TaskEvent>;
}
