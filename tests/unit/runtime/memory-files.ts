// A file system in memory, for tests of what is kept between runs.
import type { FileSystem, OpenFile, Parts } from '../../../lib/model/file-store.ts';

/** A disk in memory with room for `capacityBytes`. */
export class MemoryFiles implements FileSystem {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  constructor(private readonly capacityBytes = Infinity) {}

  names(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
  open(name: string): Promise<OpenFile> {
    const bytes = this.files.get(name);
    if (!bytes) return Promise.reject(new Error('NotFoundError'));
    return Promise.resolve({
      sizeBytes: bytes.length,
      read(at, into) {
        into.set(bytes.subarray(at, at + into.length));
      },
      close: () => undefined,
    });
  }
  async write(name: string, parts: Parts): Promise<void> {
    let bytes = new Uint8Array(0);
    for await (const part of parts) {
      const longer = new Uint8Array(bytes.length + part.length);
      longer.set(bytes);
      longer.set(part, bytes.length);
      bytes = longer.slice(0, this.capacityBytes);
      this.files.set(name, bytes); // as far as it goes, like a real disk
      if (bytes.length < longer.length) throw new Error('QuotaExceededError');
    }
  }
  rename(from: string, to: string): Promise<void> {
    const bytes = this.files.get(from);
    if (!bytes) return Promise.reject(new Error('NotFoundError'));
    this.files.set(to, bytes);
    this.files.delete(from);
    return Promise.resolve();
  }
  remove(name: string): Promise<void> {
    return this.files.delete(name) ? Promise.resolve() : Promise.reject(new Error('NotFoundError'));
  }
}
