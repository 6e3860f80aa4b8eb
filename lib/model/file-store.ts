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
/** The foot of a file: for each part its length and digest, then their number. */
const ENTRY_BYTES = 8 + DIGEST_BYTES;
const COUNT_BYTES = 4;

/** Keeps byte arrays under a name, with their digests, so that what comes back is what was put in, or nothing. */
export class FileStore {
  constructor(private readonly files: FileSystem) {}

  /** The parts under `name`; null where there are none, or others than were put there (those are removed). */
  async get(name: string): Promise<Uint8Array<ArrayBuffer>[] | null> {
    try {
      if (!(await this.files.names()).includes(name)) return null;
      return await checkedParts(await this.files.read(name));
    } catch {
      await this.#discard(name); // unreadable is as good as damaged
      return null;
    }
  }

  /** Stores the parts and says whether that worked. They are written under another name first: a file is there whole or not at all. */
  async put(name: string, parts: Uint8Array<ArrayBuffer>[]): Promise<boolean> {
    const part = `${name}${PART}`;
    try {
      await this.files.write(part, [...parts, await footOf(parts)]);
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

async function footOf(parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const foot = new Uint8Array(parts.length * ENTRY_BYTES + COUNT_BYTES);
  const view = new DataView(foot.buffer);
  for (const [i, part] of parts.entries()) {
    view.setBigUint64(i * ENTRY_BYTES, BigInt(part.length));
    foot.set(await digestOf(part), i * ENTRY_BYTES + 8);
  }
  view.setUint32(parts.length * ENTRY_BYTES, parts.length);
  return foot;
}

/** Throws where anything differs from what was written. */
async function checkedParts(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>[]> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const count = view.getUint32(file.length - COUNT_BYTES);
  const foot = file.length - COUNT_BYTES - count * ENTRY_BYTES;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (let entry = foot; parts.length < count; entry += ENTRY_BYTES) {
    const part = file.subarray(at, at + Number(view.getBigUint64(entry)));
    if (!equal(await digestOf(part), file.subarray(entry + 8, entry + ENTRY_BYTES))) throw new Error('digest');
    parts.push(part);
    at += part.length;
  }
  if (at !== foot) throw new Error('length');
  return parts;
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
