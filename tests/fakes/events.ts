// Reading what an engine says.
import type { TaskEvent } from '../../lib/protocol.ts';

/** Of a run that nobody stops. */
export const forever = () => new AbortController().signal;

export async function drain(events: AsyncIterable<TaskEvent>): Promise<TaskEvent[]> {
  const seen: TaskEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** All that a run says: its events, then what it threw. */
export async function collect(events: AsyncIterable<TaskEvent>): Promise<{ events: TaskEvent[]; error?: unknown }> {
  const seen: TaskEvent[] = [];
  try {
    for await (const event of events) seen.push(event);
  } catch (error) {
    return { events: seen, error };
  }
  return { events: seen };
}

/** What the model wrote. */
export function textOf(events: TaskEvent[]): string {
  return events.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
}
