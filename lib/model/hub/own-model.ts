// A GGUF file of the reader's: looked into, copied, hashed on the way, and then a model as any other. Pages can do this: the copy is
// written through a stream.
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError, isAbort, throwIfAborted } from '../../errors.ts';
import type { CatalogEntry } from '../catalog.ts';
import { toHex } from '../download/hash.ts';
import { isFull, requireRoom, storageFull, type Room } from '../download/room.ts';
import { asInspected, nameOf, unknownEntry } from './entry.ts';
import type { Inspection } from './inspect-weights.ts';
import type { ModelStore } from './model-store.ts';

export interface OwnModel extends Room {
  file: Blob & { name: string };
  store: ModelStore;
  signal: AbortSignal;
  onProgress: (copiedBytes: number, totalBytes: number) => void;
  /** Throws `unsupported` or `model-corrupt` for what cannot run here: before anything is copied. */
  inspect: (weights: Blob) => Promise<Inspection>;
}

/** Of copies under way, one at a time: what an earlier page has left of one is removed. */
const COPY = 'own-copy';
const PIECE_BYTES = 4 << 20;

/** The model's entry, once it is installed. Throws `unsupported`, `model-corrupt`, `storage-full`, `aborted`. */
export async function addOwnModel(own: OwnModel): Promise<CatalogEntry> {
  const { file, store, signal, inspect } = own;
  const found = await inspect(file);
  let entry: CatalogEntry | undefined;
  try {
    await store.exclusively(
      COPY,
      async () => {
        await store.folder.remove(COPY);
        await requireRoom(file.size, own);
        const hash = await copy(own);
        const id = `own-${hash.slice(0, 16)}`;
        const weights = { name: file.name, bytes: file.size, sha256: hash };
        const known = unknownEntry(id, nameOf(file.name), { kind: 'own' });
        entry = asInspected({ ...known, weights }, found);
        await store.exclusively(id, () => store.complete(entry!, COPY), signal);
      },
      signal,
    );
  } catch (error) {
    await store.folder.remove(COPY).catch(() => undefined);
    if (signal.aborted) throw new AppError('aborted');
    // Chromium breaks off a stream that finds no room, and says no more than that.
    if (isFull(error) || isAbort(error)) throw await storageFull(file.size, own, error);
    throw error;
  }
  return entry!;
}

/** The SHA-256 of what was copied. */
async function copy({ file, store, signal, onProgress }: OwnModel): Promise<string> {
  const hash = sha256.create();
  const writer = (await store.folder.sink(COPY)).getWriter();
  try {
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      throwIfAborted(signal);
      const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
      hash.update(piece);
      await writer.write(piece);
      onProgress(at + piece.length, file.size);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
  return toHex(hash.digest());
}
