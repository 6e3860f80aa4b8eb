// Room on the disk: asked for before a download, and what a write says when there is none.
import { AppError } from '../../errors.ts';

export interface Room {
  /** Room on the disk, as the browser estimates it. */
  freeBytes?: () => Promise<number>;
}

/** Throws `storage-full` with what is needed and what there is. */
export async function requireRoom(neededBytes: number, { freeBytes = estimateFreeBytes }: Room): Promise<void> {
  const free = await freeBytes();
  if (free < neededBytes) throw new AppError('storage-full', `needs ${neededBytes} bytes, ${free} are free`);
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
