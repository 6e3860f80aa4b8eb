// Deadlines for a worker that may hang without a sign: only silence tells, and only someone outside can hear it.
import type { TaskEvent } from '../protocol.ts';

/** How long the worker may be silent, by what is expected of it; generous, for slow machines. */
export interface Deadlines {
  /** Start of the script, and from one sign of a load to the next. */
  loadMs: number;
  /** While it reads or checks: a chunk of prefill, a batch of embeddings, the first token. */
  stepMs: number;
  tokenMs: number;
  /** Between an abort and the worker's stop. */
  stopMs: number;
  probeMs: number;
  /** What the reader has chosen, and the list of models. */
  storageMs: number;
}

export const DEADLINES: Deadlines = {
  loadMs: 90_000,
  stepMs: 60_000,
  tokenMs: 20_000,
  stopMs: 2_500,
  probeMs: 20_000,
  storageMs: 15_000,
};

/** A timer that is so late has slept. */
const ASLEEP_MS = 30_000;

/** A sign of a load, also where it comes late in a run, so that its phase has been raised. */
export function isLoading(event: TaskEvent): boolean {
  return event.kind === 'progress' && event.loadedBytes !== undefined;
}

export class Watchdog {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly deadlines: Deadlines,
    private readonly onSilence: (expected: string) => void,
  ) {}

  /** Waits for what comes after this event (undefined: for the first). */
  expectAfter(event: TaskEvent | undefined): void {
    if (!event || isLoading(event)) this.wait('load', this.deadlines.loadMs);
    else if (event.kind === 'delta') this.wait('token', this.deadlines.tokenMs);
    else this.wait('step', this.deadlines.stepMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private wait(expected: string, ms: number): void {
    this.stop();
    const dueMs = Date.now() + ms;
    this.timer = setTimeout(() => {
      // The machine was asleep, and the worker with it: it has the whole time again.
      if (Date.now() > dueMs + ASLEEP_MS) this.wait(expected, ms);
      else this.onSilence(`${expected}: silent for ${ms} ms`);
    }, ms);
  }
}
