// The origin private file system as a FileSystem. Workers only: synchronous handles write without copying the file.
import type { FileSystem } from './file-store.ts';

// In both browsers, though not in TypeScript's library for pages.
interface OpfsFileHandle extends FileSystemFileHandle {
  move(name: string): Promise<void>;
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
}
interface SyncAccessHandle {
  getSize(): number;
  read(buffer: Uint8Array, options: { at: number }): number;
  write(buffer: Uint8Array, options: { at: number }): number;
  truncate(bytes: number): void;
  flush(): void;
  close(): void;
}

/** A folder of the origin's own storage; null where the browser has none (private windows). */
export async function openOpfs(folder: string): Promise<FileSystem | null> {
  try {
    const root = await navigator.storage.getDirectory();
    return opfsFileSystem(await root.getDirectoryHandle(folder, { create: true }));
  } catch {
    return null;
  }
}

function opfsFileSystem(directory: FileSystemDirectoryHandle): FileSystem {
  return {
    async names() {
      const names: string[] = [];
      for await (const name of directory.keys()) names.push(name);
      return names;
    },
    async open(name) {
      const access = await accessTo(await directory.getFileHandle(name));
      return {
        sizeBytes: access.getSize(),
        read(at, into) {
          if (access.read(into, { at }) !== into.length) throw new Error(`${name}: read short`);
        },
        close: () => access.close(),
      };
    },
    async write(name, parts) {
      const access = await accessTo(await directory.getFileHandle(name, { create: true }));
      try {
        access.truncate(0);
        let at = 0;
        for await (const part of parts) {
          if (access.write(part, { at }) !== part.length) throw new Error(`${name}: written short`);
          at += part.length;
        }
        access.flush();
      } finally {
        access.close();
      }
    },
    async rename(from, to) {
      const file = (await directory.getFileHandle(from)) as OpfsFileHandle;
      await file.move(to);
    },
    remove: (name) => directory.removeEntry(name),
  };
}

function accessTo(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  return (file as OpfsFileHandle).createSyncAccessHandle();
}
