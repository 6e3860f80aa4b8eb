// Joins what comes within one or two frames of the screen into one message: a message per token floods its reader.
import type { TaskEvent } from '../protocol.ts';
import { append } from './event-log.ts';

const INTERVAL_MS = 24;

export class Batch {
  private events: TaskEvent[] = [];
  private sentAtMs = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (events: TaskEvent[]) => void) {}

  /** Sends at once when the last message is old enough: the first delta must not wait, and timers of hidden pages are slow. */
  add(event: TaskEvent): void {
    append(this.events, event);
    if (event.kind === 'done' || performance.now() - this.sentAtMs >= INTERVAL_MS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), INTERVAL_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return;
    const events = this.events;
    this.events = [];
    this.sentAtMs = performance.now();
    this.send(events);
  }
}
