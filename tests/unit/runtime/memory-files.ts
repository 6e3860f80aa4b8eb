// A file system in memory, for tests of what is kept between runs.
import type { FileSystem } from '../../../lib/model/file-store.ts';

/** A disk in memory with room for `capacityBytes`. */
export class MemoryFiles implements FileSystem {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  constructor(private readonly capacityBytes = Infinity) {}

  names(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
  read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.files.get(name);
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error('NotFoundError'));
  }
  write(name: string, parts: Uint8Array[]): Promise<void> {
    const written = parts.reduce((sum, part) => sum + part.length, 0);
    const whole = new Uint8Array(written);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    const bytes = whole.slice(0, this.capacityBytes);
    this.files.set(name, bytes); // as far as it goes, like a real disk
    return bytes.length < written ? Promise.reject(new Error('QuotaExceededError')) : Promise.resolve();
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
