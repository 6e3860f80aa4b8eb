// The supervisor of model downloads: one worker for each, ended when it is done or silent. Whoever asks for a download that runs
// already sees its progress; an abort by any of them pauses it, for it is one. Knows workers, not browsers.
import { AppError, throwIfAborted } from '../errors.ts';
import type { DownloadModelTask, Task, TaskEvent } from '../protocol.ts';
import { Channel } from './channel.ts';
import type { Engine } from './engine.ts';
import { rising } from './progress.ts';
import { supervised } from './supervised.ts';
import { DEADLINES, type Deadlines } from './watchdog.ts';
import { WorkerLink, type StartMessage, type WorkerLike } from './worker-link.ts';

export interface DownloadsOptions {
  /** A new worker that runs lib/engine/download-worker.ts. */
  spawn: () => WorkerLike;
  assetsUrl: string;
  deadlines?: Partial<Deadlines>;
}

interface Running {
  readonly followers: Set<Channel<TaskEvent>>;
  /** What a new follower has to know. */
  latest: TaskEvent | undefined;
  readonly controller: AbortController;
}

export class Downloads implements Engine {
  private readonly deadlines: Deadlines;
  private readonly running = new Map<string, Running>();
  private readonly life = new AbortController();

  constructor(private readonly options: DownloadsOptions) {
    this.deadlines = { ...DEADLINES, ...options.deadlines };
  }

  async *run(task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    if (task.kind !== 'download-model') throw new AppError('internal', `${task.kind} is not done here`);
    const signal = AbortSignal.any([asked, this.life.signal]);
    throwIfAborted(signal);
    const events = new Channel<TaskEvent>();
    const download = this.follow(task, events) ?? this.begin(task, events);
    const abort = () => {
      events.abort(new AppError('aborted'));
      download.controller.abort();
    };
    signal.addEventListener('abort', abort, { once: true });
    const rise = rising();
    try {
      for await (const event of events) yield rise(event);
    } finally {
      signal.removeEventListener('abort', abort);
      download.followers.delete(events);
    }
  }

  /** Ends all downloads; what has come of them stays. */
  dispose(): void {
    this.life.abort();
  }

  private follow(task: DownloadModelTask, events: Channel<TaskEvent>): Running | undefined {
    const download = this.running.get(keyOf(task));
    if (download?.latest) events.push(download.latest);
    download?.followers.add(events);
    return download;
  }

  private begin(task: DownloadModelTask, first: Channel<TaskEvent>): Running {
    const download: Running = { followers: new Set([first]), latest: undefined, controller: new AbortController() };
    this.running.set(keyOf(task), download);
    download.controller.signal.addEventListener('abort', () => this.forget(task, download));
    void this.supervise(task, download);
    return download;
  }

  private async supervise(task: DownloadModelTask, download: Running): Promise<void> {
    const { spawn, assetsUrl } = this.options;
    const start: StartMessage = { kind: 'start', assetsUrl };
    let link: WorkerLink | undefined;
    try {
      link = new WorkerLink(spawn(), start);
      for await (const event of supervised(link, task, download.controller.signal, this.deadlines)) {
        download.latest = event;
        for (const follower of download.followers) follower.push(event);
      }
      this.forget(task, download);
      for (const follower of download.followers) follower.close();
    } catch (error) {
      this.forget(task, download);
      for (const follower of download.followers) follower.close(error);
    } finally {
      await link?.settle(this.deadlines.stopMs);
      link?.end();
    }
  }

  /** From now on the next who asks begins anew. */
  private forget(task: DownloadModelTask, download: Running): void {
    if (this.running.get(keyOf(task)) === download) this.running.delete(keyOf(task));
  }
}

function keyOf({ repository, file }: DownloadModelTask): string {
  return `${repository}/${file}`;
}
