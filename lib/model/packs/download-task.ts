// A download as the engine runs it: a task's events, with the time that is left.
import type { DownloadTask, TaskEvent } from '../../protocol.ts';
import { downloadPack, type DownloadOptions } from './download.ts';
import type { PackStore } from './pack-store.ts';
import type { DownloadProgress } from './tally.ts';

/** How long the speed is watched before a time left is told. */
const SETTLE_MS = 1000;

/** Throws as `downloadPack` does. Progress that comes faster than it is taken is told as the latest of it. */
export async function* downloadTask(
  task: DownloadTask,
  store: PackStore,
  signal: AbortSignal,
  options?: Partial<DownloadOptions>,
): AsyncGenerator<TaskEvent, void, void> {
  const left = new AbortController();
  const latest = new Latest<DownloadProgress>();
  const download = downloadPack({
    ...options,
    pair: task.pair,
    mirror: task.mirror,
    store,
    signal: AbortSignal.any([signal, left.signal]),
    onProgress: (progress) => latest.put(progress),
  }).finally(() => latest.end());
  // Waited for in any case, below.
  const rest = download.catch(() => undefined);
  const speed = new Speed();
  try {
    for await (const progress of latest) {
      yield { kind: 'progress', phase: 'loading', ...fractionOf(progress), ...speed.remaining(progress), ...progress };
    }
    await download;
    yield { kind: 'done', finishReason: 'stop', metrics: null };
  } finally {
    left.abort();
    // Only when the store is at rest is the run over.
    await rest;
  }
}

/** Of values that come faster than they are taken, the last. */
class Latest<T> {
  private values: T[] = [];
  private ended = false;
  private wake: (() => void) | undefined;

  put(value: T): void {
    this.values = [value];
    this.wake?.();
  }

  end(): void {
    this.ended = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const value = this.values.pop();
      if (value !== undefined) yield value;
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

function fractionOf({ loadedBytes, totalBytes }: DownloadProgress): { fraction: number } {
  return { fraction: totalBytes > 0 ? loadedBytes / totalBytes : 1 };
}

/** Measured over what comes now: what an earlier download brought took none of this one's time. */
class Speed {
  private start: { ms: number; loadedBytes: number } | undefined;

  remaining({ loadedBytes, totalBytes }: DownloadProgress): { remainingMs?: number } {
    const nowMs = performance.now();
    this.start ??= { ms: nowMs, loadedBytes };
    const elapsedMs = nowMs - this.start.ms;
    const broughtBytes = loadedBytes - this.start.loadedBytes;
    if (elapsedMs < SETTLE_MS || broughtBytes <= 0) return {};
    return { remainingMs: ((totalBytes - loadedBytes) * elapsedMs) / broughtBytes };
  }
}
