// Files of our own making, kept between runs. Losing one costs time, nothing else: every failure here is survivable.

/** The file system as far as the store needs it; names are flat. */
export interface FileSystem {
  names(): Promise<string[]>;
  open(name: string): Promise<OpenFile>;
  /** The parts one after another, each taken when the one before is written. Rejects with whatever taking one throws. */
  write(name: string, parts: Parts): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface OpenFile {
  sizeBytes: number;
  /** Fills `into` with the bytes from `at` on; throws where the file ends before. */
  read(at: number, into: Uint8Array): void;
  close(): void;
}

export type Parts = Iterable<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array<ArrayBuffer>>;

/** Bytes that are read when they are asked for. A Uint8Array is one. */
export interface ByteSource {
  readonly byteLength: number;
  subarray(begin: number, end: number): Uint8Array;
}

/** What was put under a name, part by part; nobody else can open it until it is closed. */
export interface StoredParts {
  readonly count: number;
  read(part: number): Uint8Array<ArrayBuffer>;
  /** The parts from `first` to the last as one. */
  from(first: number): ByteSource;
  close(): void;
}

const PART = '.part';
const DIGEST_BYTES = 32;
/** The foot of a file: for each part its length and digest, then their number. */
const ENTRY_BYTES = 8 + DIGEST_BYTES;
const COUNT_BYTES = 4;

/** Keeps byte arrays under a name, with their digests, so that what comes back is what was put in, or nothing. */
export class FileStore {
  constructor(private readonly files: FileSystem) {}

  /** What is under `name`; null where there is nothing, or something else than was put there (that is removed). */
  async open(name: string): Promise<StoredParts | null> {
    let file: OpenFile | undefined;
    try {
      if (!(await this.files.names()).includes(name)) return null;
      file = await this.files.open(name);
      return await checkedParts(file);
    } catch {
      file?.close();
      await this.#discard(name); // unreadable is as good as damaged
      return null;
    }
  }

  /**
   * Stores the parts and says whether that worked. They are written under another name first: a file is there whole or not at all.
   * Throws only what taking a part throws.
   */
  async put(name: string, parts: Parts): Promise<boolean> {
    const part = `${name}${PART}`;
    let failure: { error: unknown } | undefined;
    async function* withFoot() {
      const entries: FootEntry[] = [];
      try {
        for await (const bytes of parts) {
          entries.push({ lengthBytes: bytes.length, digest: await digestOf(bytes) });
          yield bytes;
        }
      } catch (error) {
        failure = { error };
        throw error;
      }
      yield footOf(entries);
    }
    try {
      await this.files.write(part, withFoot());
      await this.files.rename(part, name);
      return true;
    } catch {
      await this.#discard(part);
      if (failure) throw failure.error;
      return false; // a full disk, most likely
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

interface FootEntry {
  lengthBytes: number;
  digest: Uint8Array;
}

function footOf(entries: FootEntry[]): Uint8Array<ArrayBuffer> {
  const foot = new Uint8Array(entries.length * ENTRY_BYTES + COUNT_BYTES);
  const view = new DataView(foot.buffer);
  for (const [i, { lengthBytes, digest }] of entries.entries()) {
    view.setBigUint64(i * ENTRY_BYTES, BigInt(lengthBytes));
    foot.set(digest, i * ENTRY_BYTES + 8);
  }
  view.setUint32(entries.length * ENTRY_BYTES, entries.length);
  return foot;
}

/** Throws where anything differs from what was written. One part at a time is in memory. */
async function checkedParts(file: OpenFile): Promise<StoredParts> {
  const count = new DataView(bytesAt(file, file.sizeBytes - COUNT_BYTES, COUNT_BYTES).buffer).getUint32(0);
  const footAt = file.sizeBytes - COUNT_BYTES - count * ENTRY_BYTES;
  const foot = bytesAt(file, footAt, count * ENTRY_BYTES);
  const view = new DataView(foot.buffer);
  const starts = [0];
  for (let entry = 0; entry < foot.length; entry += ENTRY_BYTES) {
    const [at] = starts.slice(-1);
    const part = bytesAt(file, at, Number(view.getBigUint64(entry)));
    if (!equal(await digestOf(part), foot.subarray(entry + 8, entry + ENTRY_BYTES))) throw new Error('digest');
    starts.push(at + part.length);
  }
  if (starts[count] !== footAt) throw new Error('length');
  return {
    count,
    read: (part) => bytesAt(file, starts[part], starts[part + 1] - starts[part]),
    from: (first) => ({
      byteLength: footAt - starts[first],
      subarray: (begin, end) => bytesAt(file, starts[first] + begin, end - begin),
    }),
    close: () => file.close(),
  };
}

function bytesAt(file: OpenFile, at: number, lengthBytes: number): Uint8Array<ArrayBuffer> {
  if (at < 0 || at + lengthBytes > file.sizeBytes) throw new Error('outside the file');
  const bytes = new Uint8Array(lengthBytes);
  file.read(at, bytes);
  return bytes;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
