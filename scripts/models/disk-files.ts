// A folder of the disk as the FileSystem that converted models are kept in: what the origin private file system is in browsers.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSystem } from '../../lib/model/file-store.ts';

export function diskFiles(folder: string): FileSystem {
  const path = (name: string) => join(folder, name);
  return {
    names: () => readdir(folder),
    open(name) {
      const file = openSync(path(name), 'r');
      return Promise.resolve({
        sizeBytes: fstatSync(file).size,
        read(at, into) {
          if (readSync(file, into, 0, into.length, at) !== into.length) throw new Error(`${name}: read short`);
        },
        close: () => closeSync(file),
      });
    },
    async write(name, parts) {
      const file = openSync(path(name), 'w');
      try {
        for await (const part of parts) writeSync(file, part);
      } finally {
        closeSync(file);
      }
    },
    rename: (from, to) => rename(path(from), path(to)),
    remove: (name) => rm(path(name)),
  };
}
