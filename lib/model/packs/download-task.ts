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
  let latest: DownloadProgress | undefined;
  let wake = () => {};
  let ended = false;
  const download = downloadPack({
    ...options,
    pair: task.pair,
    mirror: task.mirror,
    store,
    signal: AbortSignal.any([signal, left.signal]),
    onProgress(progress) {
      latest = progress;
      wake();
    },
  }).finally(() => {
    ended = true;
    wake();
  });
  const speed = new Speed();
  try {
    // A failure is thrown below; here it must not count as unhandled.
    download.catch(() => undefined);
    for (;;) {
      if (!latest && !ended) await new Promise<void>((resolve) => (wake = resolve));
      if (latest) {
        const progress = latest;
        latest = undefined;
        yield {
          kind: 'progress',
          phase: 'loading',
          ...fractionOf(progress),
          ...speed.remaining(progress),
          ...progress,
        };
      } else if (ended) {
        break;
      }
    }
    await download;
    yield { kind: 'done', finishReason: 'stop', metrics: null };
  } finally {
    left.abort();
    // Only when the store is at rest is the run over.
    await download.catch(() => undefined);
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
