// Downloads what a pair of languages needs: every file is fetched, decompressed, verified and only then kept; a direction counts as
// installed when all its files are. Whatever happens on the way, the store holds a verified pack or none.
import { AppError, isAbort, throwIfAborted } from '../../errors.ts';
import type { LanguagePair } from '../../protocol.ts';
import { sha256 } from '../files.ts';
import { fetchFile, forgetFetched, type Beginning } from '../download/fetch-file.ts';
import { Missing } from '../download/request.ts';
import { isFull, requireRoom, storageFull, type Room } from '../download/room.ts';
import type { DownloadProgress } from '../download/task-events.ts';
import { compressedName, type PackStore } from './pack-store.ts';
import type { PackFiles } from './pack.ts';
import { resolvePack, type RemoteFile } from './resolve.ts';
import { baseUrl } from './server.ts';
import { Tally } from './tally.ts';

export interface DownloadOptions extends Room {
  pair: LanguagePair;
  /** Base address of a copy of the models' bucket, '' for the usual place. */
  mirror: string;
  store: PackStore;
  /** Stops the download; what has come stays, for the next one. */
  signal: AbortSignal;
  onProgress?: (progress: DownloadProgress) => void;
  fetch?: typeof fetch;
  /** How long a server may say nothing before the connection counts as cut. */
  stallMs?: number;
}

/**
 * Resolves when every direction of the pair is installed. Throws `no-such-pair`, `offline`, `download-failed`, `storage-full`,
 * `model-corrupt` (twice not what it should be), `unsupported`, `aborted`. What has come stays, unless it was wrong.
 */
export async function downloadPack(options: DownloadOptions): Promise<void> {
  const { store, signal } = options;
  const directions: LanguagePair[] = [];
  for (const direction of store.route(options.pair)) if (!(await store.has(direction))) directions.push(direction);
  const tally = new Tally(directions, options.onProgress);
  for (const direction of directions) {
    throwIfAborted(signal);
    try {
      // A second panel, or a second window, waits here and then finds the pack.
      await store.exclusively(direction, () => installDirection(direction, tally, options), signal);
    } catch (error) {
      throw isAbort(error) ? new AppError('aborted') : error;
    }
  }
}

async function installDirection(direction: LanguagePair, tally: Tally, options: DownloadOptions): Promise<void> {
  if (await options.store.has(direction)) return;
  const base = baseUrl(options.mirror);
  try {
    await installFiles(direction, await resolvePack(direction, base, 'snapshot', options), tally, options);
  } catch (error) {
    // Moved since the snapshot was made: the server's own index knows where to.
    if (!(error instanceof Missing)) throw error;
    await installFiles(direction, await resolvePack(direction, base, 'live', options), tally, options);
  }
}

async function installFiles(
  direction: LanguagePair,
  files: RemoteFile[],
  tally: Tally,
  options: DownloadOptions,
): Promise<void> {
  const missing: RemoteFile[] = [];
  for (const file of files) {
    if (await options.store.keeps(direction, file.role, file)) tally.finish(direction, file.role);
    else missing.push(file);
  }
  await requireRoom(await roomFor(direction, missing, options), options);
  while (missing.length > 0) {
    try {
      await installFile(direction, missing[0], tally, options);
    } catch (error) {
      if (!isFull(error)) throw error;
      throw await storageFull(await roomFor(direction, missing, options), options, error);
    }
    tally.finish(direction, missing.shift()!.role);
  }
  throwIfAborted(options.signal);
  const pack = Object.fromEntries(files.map(({ role, name, bytes, sha256 }) => [role, { name, bytes, sha256 }]));
  await options.store.complete(direction, pack as unknown as PackFiles);
}

/** Bytes for files that are still to be installed: each is there twice for a moment, compressed and not. */
async function roomFor(
  direction: LanguagePair,
  missing: readonly RemoteFile[],
  { store }: DownloadOptions,
): Promise<number> {
  const sizes = await store.folder.sizes();
  const storedBytes = missing.reduce((sum, { role }) => sum + (sizes.get(compressedName(direction, role)) ?? 0), 0);
  const largestBytes = Math.max(0, ...missing.map(({ bytes }) => bytes));
  return Math.max(0, missing.reduce((sum, { bytes }) => sum + bytes, largestBytes) - storedBytes);
}

/** Once more where the file is not what it should be: a bad beginning from an earlier time is not repeated. */
async function installFile(
  direction: LanguagePair,
  file: RemoteFile,
  tally: Tally,
  options: DownloadOptions,
): Promise<void> {
  try {
    await fetchVerified(direction, file, tally, options);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'model-corrupt')) throw error;
    await fetchVerified(direction, file, tally, options);
  }
}

async function fetchVerified(
  direction: LanguagePair,
  file: RemoteFile,
  tally: Tally,
  options: DownloadOptions,
): Promise<void> {
  const { store, signal } = options;
  const { folder } = store;
  const name = compressedName(direction, file.role);
  try {
    await fetchFile({
      signal,
      fetch: options.fetch,
      stallMs: options.stallMs,
      url: file.name,
      folder,
      name,
      sha256: file.sha256,
      beginning,
      maxBytes: file.bytes + OVERHEAD_BYTES,
      onProgress: (loaded, total) => tally.load(direction, file.role, loaded, total),
    });
    const bytes = await decompress(await folder.read(name), file);
    if ((await sha256(bytes)) !== file.sha256) throw new AppError('model-corrupt', `${file.name}: SHA-256 differs`);
    await store.put(direction, file.role, bytes);
  } catch (error) {
    if (error instanceof AppError && error.code === 'model-corrupt') await forgetFetched(folder, name);
    throw error;
  }
  await forgetFetched(folder, name);
}

/** A web page begins as none of the files does, compressed or not. */
function beginning(byte: number): Beginning {
  const [gzip, markup] = [0x1f, 0x3c];
  return byte === gzip ? 'whole' : byte === markup ? 'foreign' : 'decompressed';
}

/** What gzip may add to bytes that cannot be compressed, generously. */
const OVERHEAD_BYTES = 1 << 16;

/** Exactly `file.bytes` bytes. Throws `model-corrupt`. */
async function decompress(stored: Uint8Array<ArrayBuffer>, file: RemoteFile): Promise<Uint8Array<ArrayBuffer>> {
  const wrong = (detail: string, cause?: unknown) =>
    new AppError('model-corrupt', `${file.name}: ${detail}`, { cause });
  // Some servers mark gzip files as compressed for the way only, and then the browser has decompressed them already.
  const isGzip = stored[0] === 0x1f && stored[1] === 0x8b;
  const bytes = new Uint8Array(file.bytes);
  let at = 0;
  const stream = new Blob([stored]).stream();
  const reader = (isGzip ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw wrong('not a whole gzip file', cause);
    });
    if (done) break;
    if (at + value.length > bytes.length) {
      await reader.cancel().catch(() => undefined);
      throw wrong('too long');
    }
    bytes.set(value, at);
    at += value.length;
  }
  if (at < bytes.length) throw wrong(`ends after ${at} bytes`);
  return bytes;
}
