// The download of a pack as the engine runs it.
import type { DownloadTask, TaskEvent } from '../../protocol.ts';
import { downloadEvents } from '../download/task-events.ts';
import { downloadPack, type DownloadOptions } from './download.ts';
import type { PackStore } from './pack-store.ts';

/** Throws as `downloadPack` does. */
export function downloadTask(
  { pair, mirror }: DownloadTask,
  store: PackStore,
  signal: AbortSignal,
  options?: Partial<DownloadOptions>,
): AsyncGenerator<TaskEvent, void, void> {
  return downloadEvents(
    (onProgress, signal) => downloadPack({ ...options, pair, mirror, store, signal, onProgress }),
    signal,
  );
}
