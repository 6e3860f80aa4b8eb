// A worker's run with someone listening to its silence: what every supervisor of a worker has in common.
import { AppError } from '../errors.ts';
import type { Task, TaskEvent } from '../protocol.ts';
import { abortable } from './abortable.ts';
import { Watchdog } from './watchdog.ts';
import type { Deadlines } from './watchdog.ts';
import type { WorkerLink } from './worker-link.ts';

/** The worker's events. One that goes silent is ended, and the run throws `timed-out`. */
export async function* supervised(
  link: WorkerLink,
  task: Task,
  signal: AbortSignal,
  deadlines: Deadlines,
): AsyncGenerator<TaskEvent, void, void> {
  const watchdog = new Watchdog(deadlines, (expected) => link.end(new AppError('timed-out', expected)));
  try {
    watchdog.expectAfter(undefined);
    for await (const event of link.run(task, signal)) {
      watchdog.stop();
      yield event;
      watchdog.expectAfter(event);
    }
  } finally {
    watchdog.stop();
  }
}

/** The events of work that cannot be ended from outside: where it goes silent it is left behind, and the run throws `timed-out`. */
export async function* unlessSilent(
  run: (signal: AbortSignal) => AsyncIterable<TaskEvent>,
  asked: AbortSignal,
  deadlines: Deadlines,
): AsyncGenerator<TaskEvent, void, void> {
  const left = new AbortController();
  const silence = new AbortController();
  const watchdog = new Watchdog(deadlines, (expected) => silence.abort(expected));
  const signal = AbortSignal.any([asked, silence.signal]);
  const events = run(AbortSignal.any([signal, left.signal]))[Symbol.asyncIterator]();
  try {
    for (let last: TaskEvent | undefined; ;) {
      watchdog.expectAfter(last);
      const next = await abortable(events.next(), signal);
      watchdog.stop();
      if (next.done) return;
      yield (last = next.value);
    }
  } catch (error) {
    if (silence.signal.aborted && !asked.aborted) throw new AppError('timed-out', String(silence.signal.reason));
    throw error;
  } finally {
    watchdog.stop();
    left.abort();
  }
}

/** Text that the reader has seen: a second attempt would say it again. */
export function isAnswer({ kind }: TaskEvent): boolean {
  return (
    kind === 'delta' || kind === 'statement' || kind === 'hunks' || kind === 'unanswered' || kind === 'translation'
  );
}
