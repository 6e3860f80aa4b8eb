// A job is a task that outlives the page that asked for it: its events are kept, so that a page opened later stands where one
// stands that never left. Lives in the host, in memory only; knows nothing of tabs but their ids.
import { AppError } from '../errors.ts';
import type { JobTask, TaskEvent } from '../protocol.ts';
import { Channel } from './channel.ts';
import type { Engine } from './engine.ts';
import { EventLog } from './event-log.ts';
import type { Answer, Port } from './port.ts';
import { answer, runs } from './port.ts';

/** Ended jobs kept at most. */
const KEEP_COUNT = 8;

type JobKey = `${number} ${JobTask['kind']}`;

const KINDS: readonly JobTask['kind'][] = ['summarize', 'chat'];

function keyOf(tabId: number, kind: JobTask['kind']): JobKey {
  return `${tabId} ${kind}`;
}

interface Entry {
  task: JobTask;
  controller: AbortController;
  log: EventLog;
  followers: Set<Channel<TaskEvent>>;
  end?: { atMs: number; error?: unknown };
}

export class Jobs {
  /** By tab and kind; the ended ones in the order of their ends. */
  private readonly entries = new Map<JobKey, Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly options: { keepMs: number; keepCount?: number },
  ) {}

  /** Runs a task as the tab's job of its kind, in place of the one before. */
  start(tabId: number, task: JobTask): Answer {
    const key = keyOf(tabId, task.kind);
    this.end(key);
    const entry: Entry = { task, controller: new AbortController(), log: new EventLog(), followers: new Set() };
    this.entries.set(key, entry);
    const followed = follow(entry);
    void this.pump(key, entry);
    return followed;
  }

  /** The tab's running or recent job of that kind. */
  attach(tabId: number, kind: JobTask['kind']): Answer | null {
    this.prune();
    const entry = this.entries.get(keyOf(tabId, kind));
    return entry ? { ...follow(entry), task: entry.task } : null;
  }

  /** Cancels the tab's jobs and drops what they have said. */
  forget(tabId: number): void {
    for (const kind of KINDS) this.end(keyOf(tabId, kind));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const key of [...this.entries.keys()]) this.end(key);
  }

  private end(key: JobKey): void {
    this.entries.get(key)?.controller.abort();
    this.entries.delete(key);
  }

  private async pump(key: JobKey, entry: Entry): Promise<void> {
    let error: unknown;
    try {
      for await (const event of this.engine.run(entry.task, entry.controller.signal)) {
        entry.log.add(event);
        for (const follower of entry.followers) follower.push(event);
      }
    } catch (thrown) {
      error = thrown;
    }
    entry.end = { atMs: Date.now(), error };
    for (const follower of entry.followers) close(follower, error);
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.prune();
  }

  private prune(): void {
    const { keepMs, keepCount = KEEP_COUNT } = this.options;
    const ended = [...this.entries].filter(([, { end }]) => end).reverse();
    for (const [index, [key, { end }]] of ended.entries()) {
      if (index >= keepCount || Date.now() - end!.atMs >= keepMs) this.entries.delete(key);
    }
    clearTimeout(this.timer);
    if (ended.length > 0) this.timer = setTimeout(() => this.prune(), keepMs);
  }
}

/** Leaving stops listening, and the job goes on; an abort ends it. */
function follow({ controller, log, end, followers }: Entry): Answer {
  const events = new Channel<TaskEvent>();
  for (const event of log.events()) events.push(event);
  if (end) close(events, end.error);
  else followers.add(events);
  const leave = () => {
    followers.delete(events);
    events.abort(new AppError('aborted'));
  };
  return { events, abort: () => controller.abort(), leave };
}

function close(events: Channel<TaskEvent>, error: unknown): void {
  if (error === undefined) events.close();
  else events.close(error);
}

/** Serves the jobs over a port: its closing leaves the job running, an abort message ends it. Tasks without a tab run on `engine`. */
export function serveJobs(jobs: Jobs, engine: Engine, port: Port): void {
  answer(port, (opening) => {
    if (opening.kind === 'run') return runs(engine, opening.task);
    return opening.kind === 'run-job'
      ? jobs.start(opening.job, opening.task)
      : (jobs.attach(opening.job, opening.to) ?? noJob());
  });
}

function noJob(): Answer {
  const events = new Channel<TaskEvent>();
  events.close();
  return { task: null, events, abort: () => events.close(), leave: () => events.close() };
}
