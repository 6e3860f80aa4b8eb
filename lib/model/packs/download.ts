// Downloads what a pair of languages needs: every file is fetched, decompressed, verified and only then kept; a direction counts as
// installed when all its files are. Whatever happens on the way, the store holds a verified pack or none.
import { AppError, isAbort, throwIfAborted } from '../../errors.ts';
import type { LanguagePair } from '../../protocol.ts';
import { sha256 } from '../files.ts';
import { pairName } from './catalogue.ts';
import { fetchFile, forgetFetched } from './fetch-file.ts';
import { compressedName, type PackStore } from './pack-store.ts';
import type { PackFiles } from './pack.ts';
import { resolvePack, type RemoteFile } from './resolve.ts';
import { baseUrl, Missing } from './server.ts';
import { Tally, type DownloadProgress } from './tally.ts';

export interface DownloadOptions {
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
  /** Room on the disk, as the browser estimates it. */
  freeBytes?: () => Promise<number>;
}

/**
 * Resolves when every direction of the pair is installed. Throws `no-such-pair`, `offline`, `download-failed`, `storage-full`
 * (what had come of the direction is removed), `model-corrupt` (twice not what it should be), `unsupported`, `aborted`.
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
      if (isAbort(error)) throw new AppError('aborted');
      if (!isFull(error)) throw error;
      await store.delete(direction);
      throw new AppError('storage-full', pairName(direction), { cause: error });
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
  await requireRoom(missing, options);
  for (const file of missing) {
    await installFile(direction, file, tally, options);
    tally.finish(direction, file.role);
  }
  throwIfAborted(options.signal);
  const pack = Object.fromEntries(files.map(({ role, name, bytes, sha256 }) => [role, { name, bytes, sha256 }]));
  await options.store.complete(direction, pack as unknown as PackFiles);
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

/** Every file is there twice for a moment, compressed and not. */
async function requireRoom(files: RemoteFile[], { freeBytes = estimateFreeBytes }: DownloadOptions): Promise<void> {
  if (files.length === 0) return;
  const neededBytes = files.reduce((sum, { bytes }) => sum + bytes, Math.max(...files.map(({ bytes }) => bytes)));
  const free = await freeBytes();
  if (free < neededBytes) throw new AppError('storage-full', `needs ${neededBytes} bytes, ${free} are free`);
}

/** A hint, as every browser's is: where it is too high, writing says so. */
async function estimateFreeBytes(): Promise<number> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? Infinity : quota - usage;
  } catch {
    return Infinity;
  }
}

/** By name: the texts differ from one interface to the next. */
function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
