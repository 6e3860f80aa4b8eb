// Downloaded files: the file system as far as downloads and their stores need it, and the browser's own as one. Names are flat.

export interface Folder {
  /** The size of every file, by name. */
  sizes(): Promise<Map<string, number>>;
  /** Rejects where there is no such file. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The file to be read piece by piece, for as long as it is not changed. Rejects as `read`. */
  open(name: string): Promise<Blob>;
  /** A whole file, in the place of one that was there. Rejects with a `QuotaExceededError` on a full disk, as `append` does. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Writes at the end of a file, which is made where there is none; what was written before is kept when a later write fails. */
  append(name: string): Promise<Appender>;
  /** A new file as a stream, for pages as well: it is there, whole, when the stream is closed. */
  sink(name: string): Promise<WritableStream<Uint8Array<ArrayBuffer>>>;
  /** In the place of a file that has the new name. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(name: string): Promise<void>;
}

export interface Appender {
  write(chunk: Uint8Array): void;
  close(): void;
}

// In both browsers, though not in TypeScript's library for pages.
interface OpfsFileHandle extends FileSystemFileHandle {
  move(name: string): Promise<void>;
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
}
interface SyncAccessHandle {
  getSize(): number;
  write(buffer: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

/**
 * A folder of the origin private file system; null where the browser has none (private windows). Pages can list, read, remove and
 * fill a sink; the rest of writing is for workers: only they have synchronous handles, which keep what was written when the worker is
 * killed.
 */
export async function openFolder(name: string): Promise<Folder | null> {
  try {
    const root = await navigator.storage.getDirectory();
    return opfsFolder(await root.getDirectoryHandle(name, { create: true }));
  } catch {
    return null;
  }
}

function opfsFolder(directory: FileSystemDirectoryHandle): Folder {
  const openAccess = async (name: string) => {
    const handle = await directory.getFileHandle(name, { create: true });
    return accessTo(handle as OpfsFileHandle);
  };
  const remove = async (name: string) => {
    await directory.removeEntry(name).catch(ignoreMissing);
  };
  return {
    async sizes() {
      const sizes = new Map<string, number>();
      for await (const handle of directory.values()) {
        // A file may go between the listing and the look.
        const file = handle.kind === 'file' && (await (handle as FileSystemFileHandle).getFile().catch(ignoreMissing));
        if (file) sizes.set(handle.name, file.size);
      }
      return sizes;
    },
    async read(name) {
      const file = await (await directory.getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    },
    async open(name) {
      return (await directory.getFileHandle(name)).getFile();
    },
    async write(name, bytes) {
      const access = await openAccess(name);
      try {
        access.truncate(0);
        writeAll(access, bytes, 0);
        access.flush();
      } finally {
        access.close();
      }
    },
    async append(name) {
      const access = await openAccess(name);
      let at = access.getSize();
      return {
        write(chunk) {
          writeAll(access, chunk, at);
          at += chunk.length;
        },
        close() {
          access.flush();
          access.close();
        },
      };
    },
    async sink(name) {
      return (await directory.getFileHandle(name, { create: true })).createWritable();
    },
    async rename(from, to) {
      const handle = await directory.getFileHandle(from);
      await remove(to);
      await (handle as OpfsFileHandle).move(to);
    },
    remove,
  };
}

function writeAll(access: SyncAccessHandle, bytes: Uint8Array, at: number): void {
  if (access.write(bytes, { at }) !== bytes.length) throw new DOMException('written short', 'QuotaExceededError');
}

const TRIES = 6;
const FIRST_WAIT_MS = 50;

/** A file has one synchronous handle at a time, and that of a worker just ended is let go a moment later, without an event. */
async function accessTo(handle: OpfsFileHandle): Promise<SyncAccessHandle> {
  for (let tried = 1; ; tried++) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      if (!isNamed(error, 'NoModificationAllowedError') || tried === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** tried));
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!isNamed(error, 'NotFoundError')) throw error;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
