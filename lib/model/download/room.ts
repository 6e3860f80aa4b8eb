// Room on the disk: asked for before a download, and what a write says when there is none.
import { AppError } from '../../errors.ts';

export interface Room {
  /** Room on the disk, as the browser estimates it. */
  freeBytes?: () => Promise<number>;
}

/** What a `storage-full` says. */
export interface MissingRoom {
  neededBytes: number;
  /** Absent where the browser's estimate is that there is enough. */
  freeBytes?: number;
}

/** Throws `storage-full` with what is needed and what there is. */
export async function requireRoom(neededBytes: number, { freeBytes = estimateFreeBytes }: Room): Promise<void> {
  if ((await freeBytes()) < neededBytes) throw await storageFull(neededBytes, { freeBytes });
}

/** The error of a write that has found no room, where so much more is to be written. */
export async function storageFull(
  neededBytes: number,
  { freeBytes = estimateFreeBytes }: Room,
  cause?: unknown,
): Promise<AppError> {
  const free = Math.max(0, await freeBytes());
  const enough = free >= neededBytes;
  const detail = enough ? `needs ${neededBytes} bytes` : `needs ${neededBytes} bytes, ${free} are free`;
  return new AppError('storage-full', detail, { cause });
}

/** Of that error's detail; null where it does not say. */
export function readMissingRoom(detail: string): MissingRoom | null {
  const [, needed, free] = /^needs (\d+) bytes(?:, (\d+) are free)?$/.exec(detail) ?? [];
  return needed ? { neededBytes: Number(needed), ...(free && { freeBytes: Number(free) }) } : null;
}

/** A hint, as every browser's is: where it is too high, writing says so. */
export async function estimateFreeBytes(): Promise<number> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? Infinity : quota - usage;
  } catch {
    return Infinity;
  }
}

/** By name: the texts differ from one interface to the next. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
