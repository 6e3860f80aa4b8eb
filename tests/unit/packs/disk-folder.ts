// A pack folder on a real disk, which can be full, and which can die in the middle of anything.
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Folder } from '../../../lib/model/download/folder.ts';

export class DiskFolder implements Folder {
  /** The room for all files together. */
  capacityBytes = Infinity;
  /** Bytes and steps until the process is as good as killed: what was written stays, nothing more happens. */
  lifetime = Infinity;
  readonly path: string;

  constructor(path = mkdtempSync(join(tmpdir(), 'packs-'))) {
    this.path = path;
  }

  async storedBytes(): Promise<number> {
    return [...(await this.sizes()).values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  sizes(): Promise<Map<string, number>> {
    return this.step(() => new Map(readdirSync(this.path).map((name) => [name, statSync(join(this.path, name)).size])));
  }

  read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.step(() => new Uint8Array(readFileSync(join(this.path, name))));
  }

  write(name: string, bytes: Uint8Array): Promise<void> {
    return this.step(() => {
      const file = openSync(join(this.path, name), 'w');
      try {
        this.put(file, bytes);
      } finally {
        closeSync(file);
      }
    });
  }

  append(name: string) {
    return this.step(() => {
      const file = openSync(join(this.path, name), 'a');
      return {
        write: (chunk: Uint8Array) => this.put(file, chunk),
        close() {
          fsyncSync(file);
          closeSync(file);
        },
      };
    });
  }

  open(name: string): Promise<Blob> {
    return this.step(() => new Blob([readFileSync(join(this.path, name))]));
  }

  async sink(name: string): Promise<WritableStream<Uint8Array<ArrayBuffer>>> {
    const parts: Uint8Array[] = [];
    return this.step(
      () =>
        new WritableStream<Uint8Array<ArrayBuffer>>({
          write: (chunk) => void parts.push(chunk),
          close: () => this.write(name, Buffer.concat(parts)),
        }),
    );
  }

  rename(from: string, to: string): Promise<void> {
    return this.step(() => renameSync(join(this.path, from), join(this.path, to)));
  }

  remove(name: string): Promise<void> {
    return this.step(() => rmSync(join(this.path, name), { force: true }));
  }

  sizeOf(name: string): number {
    return statSync(join(this.path, name)).size;
  }

  destroy(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private async step<T>(act: () => T): Promise<T> {
    await Promise.resolve();
    this.live(1);
    return act();
  }

  private put(file: number, bytes: Uint8Array): void {
    const used = readdirSync(this.path).reduce((sum, name) => sum + statSync(join(this.path, name)).size, 0);
    const fits = Math.min(bytes.length, this.capacityBytes - used, this.lifetime);
    writeSync(file, bytes.subarray(0, Math.max(0, fits)));
    this.live(bytes.length);
    if (fits < bytes.length) throw new DOMException('The disk is full', 'QuotaExceededError');
  }

  private live(steps: number): void {
    this.lifetime -= steps;
    if (this.lifetime < 0) throw new Error('killed');
  }
}
