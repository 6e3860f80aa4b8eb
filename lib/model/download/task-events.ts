// A download as the engine runs it: a task's events, with the time that is left.
import type { ProgressEvent, TaskEvent } from '../../protocol.ts';

/** What an earlier download brought counts as loaded. */
export interface DownloadProgress {
  loadedBytes: number;
  totalBytes: number;
  /** Once all is here it is checked; absent: loading. */
  phase?: Extract<ProgressEvent['phase'], 'loading' | 'checking'>;
}

/** How long the speed is watched before a time left is told. */
const SETTLE_MS = 1000;

/** Throws as `run` does. Progress that comes faster than it is taken is told as the latest of it. */
export async function* downloadEvents(
  run: (onProgress: (progress: DownloadProgress) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, void> {
  const left = new AbortController();
  const latest = new Latest<DownloadProgress>();
  const download = run((progress) => latest.put(progress), AbortSignal.any([signal, left.signal])).finally(() =>
    latest.end(),
  );
  // Waited for in any case, below.
  const rest = download.catch(() => undefined);
  const speed = new Speed();
  try {
    for await (const progress of latest) {
      const { phase = 'loading' } = progress;
      const remaining = phase === 'loading' ? speed.remaining(progress) : {};
      yield { kind: 'progress', ...fractionOf(progress), ...remaining, ...progress, phase };
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
