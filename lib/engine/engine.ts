// The seam of *where* a task runs: implemented in the worker, in the host that owns it, over a port, and by a fake.
import type { JobTask, Task, TaskEvent } from '../protocol.ts';

/**
 * Laws, each a contract test over every implementation: a run ends, last, with exactly one `done` or one throw; progress never
 * falls; an abort ends the iteration at once with `aborted`; a port that closes before `done` throws `host-gone`.
 */
export interface Engine {
  run(task: Task, signal: AbortSignal): AsyncIterable<TaskEvent>;
}

/**
 * The engine of one tab: what it runs is that tab's job, which goes on when the page that asked for it is closed. Aborting ends
 * the job; leaving the iteration (`return`, a closed panel) only stops listening. A tab has one job of each kind: a new run replaces
 * the one before.
 */
export interface JobEngine {
  run(task: JobTask, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** The tab's running or recent job of that kind, null where there is none. The signal aborts the job, as that of `run` does. */
  attach<K extends JobTask['kind']>(kind: K, signal: AbortSignal): Promise<Job<K> | null>;
}

export interface Job<K extends JobTask['kind'] = JobTask['kind']> {
  task: Extract<JobTask, { kind: K }>;
  /** From the first event on, with runs of deltas joined; then live. To be iterated once. */
  events: AsyncIterable<TaskEvent>;
}
