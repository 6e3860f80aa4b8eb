// How far a download is, over several files: what the catalogue expects gives way to what the server says.
import type { LanguagePair } from '../../protocol.ts';
import type { DownloadProgress } from '../download/task-events.ts';
import { CATALOGUE, pairName, ROLES, type Role } from './catalogue.ts';

/** Counts compressed bytes, over all directions of the pair. */
export class Tally {
  private readonly files = new Map<string, DownloadProgress>();

  constructor(
    directions: readonly LanguagePair[],
    private readonly onProgress?: (progress: DownloadProgress) => void,
  ) {
    for (const direction of directions) {
      const files = CATALOGUE.get(pairName(direction))?.files;
      for (const role of ROLES) {
        const totalBytes = files?.[role]?.compressedBytes;
        if (totalBytes) this.files.set(keyOf(direction, role), { loadedBytes: 0, totalBytes });
      }
    }
  }

  /** `totalBytes` is 0 where the server does not say. */
  load(direction: LanguagePair, role: Role, loadedBytes: number, totalBytes: number): void {
    const expected = totalBytes || (this.files.get(keyOf(direction, role))?.totalBytes ?? 0);
    this.files.set(keyOf(direction, role), { loadedBytes, totalBytes: Math.max(expected, loadedBytes) });
    this.report();
  }

  finish(direction: LanguagePair, role: Role): void {
    const totalBytes = this.files.get(keyOf(direction, role))?.totalBytes ?? 0;
    this.files.set(keyOf(direction, role), { loadedBytes: totalBytes, totalBytes });
    this.report();
  }

  private report(): void {
    const files = [...this.files.values()];
    this.onProgress?.({
      loadedBytes: files.reduce((sum, { loadedBytes }) => sum + loadedBytes, 0),
      totalBytes: files.reduce((sum, { totalBytes }) => sum + totalBytes, 0),
    });
  }
}

function keyOf(direction: LanguagePair, role: Role): string {
  return `${pairName(direction)} ${role}`;
}
