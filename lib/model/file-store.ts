// Files of our own making, kept between runs. Losing one costs time, nothing else: every failure here is survivable.

/** The file system as far as the store needs it; names are flat. */
export interface FileSystem {
  names(): Promise<string[]>;
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The parts one after another. */
  write(name: string, parts: Uint8Array[]): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const PART = '.part';
const DIGEST_BYTES = 32;

/** Keeps byte arrays under a name, with a digest, so that what comes back is what was put in, or nothing. */
export class FileStore {
  constructor(private readonly files: FileSystem) {}

  /** The bytes under `name`; null where there are none, or others than were put there (those are removed). */
  async get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      if (!(await this.files.names()).includes(name)) return null;
      const stored = await this.files.read(name);
      const bytes = stored.subarray(0, -DIGEST_BYTES);
      if (equal(await digestOf(bytes), stored.subarray(-DIGEST_BYTES))) return bytes;
    } catch {
      // Unreadable is as good as damaged.
    }
    await this.#discard(name);
    return null;
  }

  /** Stores the bytes and says whether that worked. They are written under another name first: a file is there whole or not at all. */
  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const part = `${name}${PART}`;
    try {
      await this.files.write(part, [bytes, await digestOf(bytes)]);
      await this.files.rename(part, name);
      return true;
    } catch {
      await this.#discard(part); // a full disk, most likely
      return false;
    }
  }

  /** Removes what an earlier version or a write cut short has left. */
  async prune(isCurrent: (name: string) => boolean): Promise<void> {
    const names = await this.files.names().catch(() => []);
    for (const name of names) if (name.endsWith(PART) || !isCurrent(name)) await this.#discard(name);
  }

  async #discard(name: string): Promise<void> {
    await this.files.remove(name).catch(() => undefined);
  }
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
