// Shortening streams of events without losing what they say: for a message that carries several, and for replaying a run.
import type { TaskEvent } from '../protocol.ts';

/** Appends an event to a batch, joined with the last one where one event says all that the two did. */
export function append(events: TaskEvent[], event: TaskEvent): void {
  const last = events.at(-1);
  if (event.kind === 'delta' && last?.kind === 'delta')
    events.splice(-1, 1, { kind: 'delta', text: last.text + event.text });
  else if (event.kind === 'progress' && last?.kind === 'progress') events.splice(-1, 1, event);
  else events.push(event);
}

/** What adds to what was said before; of all else the last replaces the ones before. */
const IN_ORDER: ReadonlySet<TaskEvent['kind']> = new Set(['delta', 'statement', 'hunks', 'translation']);

/** A run so far: of the events that replace the one before only the last, of neighbouring deltas their text. */
export class EventLog {
  private readonly latest = new Map<TaskEvent['kind'], TaskEvent>();
  private readonly written: TaskEvent[] = [];

  add(event: TaskEvent): void {
    if (IN_ORDER.has(event.kind)) append(this.written, event);
    else this.latest.set(event.kind, event);
  }

  /** What a reader has to see to stand where one stands who saw every event. */
  events(): TaskEvent[] {
    const latest = (kind: TaskEvent['kind']) => this.latest.get(kind) ?? [];
    const first = [latest('backend'), latest('quotes'), latest('passages'), latest('condensed'), latest('progress')];
    return [...first, this.written, latest('unanswered'), latest('done')].flat();
  }
}
