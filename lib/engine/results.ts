// What a model has written, given again where the same is asked of the same model: one pass around a run. Knows neither where results
// are kept nor which model writes. What is instant anyway (the page's own sentences, a checker's word) is not kept: making it anew
// takes no longer than finding it.
import type { ModelTask, TaskEvent } from '../protocol.ts';
import { toHex } from '../model/download/hash.ts';
import { abortable } from './abortable.ts';
import { EventLog } from './event-log.ts';

export interface KeptResult {
  /** The run as it is to be said again. */
  events: TaskEvent[];
  /** Unix time. */
  madeMs: number;
}

export interface Results {
  /** Of the code that makes them: what another version has made is not found. */
  readonly version: string;
  get(key: string): Promise<KeptResult | undefined>;
  put(key: string, result: KeptResult): Promise<void>;
}

/**
 * `run`, or what was kept of an earlier one, as the task asks for. `model` says which model answers and how: where it changes, nothing
 * is found. A run is kept once it is done, if a model has written in it.
 */
export async function* reusing(
  results: Results,
  model: string,
  task: ModelTask,
  run: () => AsyncIterable<TaskEvent>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, void> {
  if (!task.results) {
    yield* run();
    return;
  }
  const key = await keyOf(results.version, model, task);
  const kept = task.results === 'reuse' ? await abortable(results.get(key), signal) : undefined;
  if (kept) {
    for (const event of kept.events) yield event.kind === 'backend' ? { ...event, madeMs: kept.madeMs } : event;
    return;
  }
  const log = new EventLog();
  for await (const event of run()) {
    log.add(event);
    // Not waited for: keeping is for another time, and this answer is whole.
    if (event.kind === 'done' && event.metrics) void results.put(key, { events: toKeep(log), madeMs: Date.now() });
    yield event;
  }
}

/** Statements and hunks stand in the place of what was written on the way to them; how long that took is over. */
function toKeep(log: EventLog): TaskEvent[] {
  return log
    .events()
    .filter(({ kind }) => kind !== 'delta')
    .map((event) => (event.kind === 'done' ? { ...event, metrics: null } : event));
}

/** The SHA-256 of all that a result depends on: nobody reads a text out of it. */
async function keyOf(version: string, model: string, { results: _, ...task }: ModelTask): Promise<string> {
  const withoutFragments = (name: string, value: unknown) =>
    name === 'url' && typeof value === 'string' ? value.split('#', 1)[0] : value;
  const text = JSON.stringify([version, model, task], withoutFragments);
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
