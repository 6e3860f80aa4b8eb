// Downloads a model of the hub: listed, fetched, verified, looked into, and only then installed. Whatever happens on the way, the
// store holds a verified model or none; what has come of it stays for the next time, unless it was wrong.
import { AppError, isAbort } from '../../errors.ts';
import type { CatalogEntry } from '../catalog.ts';
import { fetchFile, forgetFetched } from '../download/fetch-file.ts';
import { hashBlob } from '../download/hash.ts';
import type { Connection } from '../download/request.ts';
import { estimateFreeBytes, isFull, requireRoom, type Room } from '../download/room.ts';
import type { DownloadProgress } from '../download/task-events.ts';
import { entryOf, withinContext } from './entry.ts';
import { fileAddress, readRepository, type HubRepository } from './hub.ts';
import { partName, type ModelStore } from './model-store.ts';

export interface ModelDownload extends Connection, Room {
  repository: string;
  file: string;
  /** Base address of the hub, '' for the usual one. */
  endpoint: string;
  store: ModelStore;
  onProgress: (progress: DownloadProgress) => void;
  /** Throws `unsupported` for weights that cannot run here, with the reason. */
  inspect: (weights: Blob) => Promise<{ contextLength: number }>;
}

/** What GGUF files begin with. */
const FIRST_BYTE = 'G'.charCodeAt(0);

/**
 * Resolves when the model is installed. Throws `offline`, `download-failed`, `storage-full`, `model-corrupt` (twice not what the hub
 * says it is), `unsupported`, `aborted`.
 */
export async function downloadModel(download: ModelDownload): Promise<void> {
  const { store, repository, file, signal } = download;
  const entry = entryOf(repository, file);
  try {
    // Another context waits here and then finds the model.
    await store.exclusively(entry.id, () => install(entry, download), signal);
  } catch (error) {
    if (isAbort(error)) throw new AppError('aborted');
    if (!isFull(error)) throw error;
    const free = await (download.freeBytes ?? estimateFreeBytes)();
    throw new AppError('storage-full', `${entry.name}: a write found no room, ${free} bytes are free`, {
      cause: error,
    });
  }
}

async function install(entry: CatalogEntry, download: ModelDownload): Promise<void> {
  const { store, repository: name, file: path, endpoint } = download;
  if (await store.find(entry.id)) return;
  const repository = await readRepository(name, endpoint, download);
  const file = repository.files.find((each) => each.path === path);
  if (!file) throw new AppError('download-failed', `${name} has no ${path}`);
  if (!file.sha256) throw new AppError('download-failed', `nobody states the hash of ${path}`);
  const stated = {
    ...entry,
    ...(entry.licence === '' && asDescribed(entry, repository)),
    weights: { name: path, bytes: file.bytes, sha256: file.sha256 },
  };
  const url = fileAddress(repository, path, endpoint);
  await requireRoom(file.bytes - (await store.partialBytes(entry.id)), download);
  try {
    await fetchVerified(stated, url, download);
  } catch (error) {
    // Once more: a bad beginning from an earlier time is not repeated.
    if (!(error instanceof AppError && error.code === 'model-corrupt')) throw error;
    await fetchVerified(stated, url, download);
  }
}

/** Of a model that the catalog does not know, what its repository's card says. */
function asDescribed({ languages }: CatalogEntry, repository: HubRepository): Partial<CatalogEntry> {
  const { licence } = repository;
  return { licence, languages: repository.languages.length > 0 ? repository.languages : languages };
}

async function fetchVerified(entry: CatalogEntry, url: string, download: ModelDownload): Promise<void> {
  const { store, signal, fetch, stallMs, onProgress, inspect } = download;
  const { folder } = store;
  const { bytes, sha256 } = entry.weights;
  const name = partName(entry.id);
  let contextLength: number;
  try {
    await fetchFile({
      signal,
      fetch,
      stallMs,
      url,
      folder,
      name,
      sha256,
      immutable: true,
      beginning: (byte) => (byte === FIRST_BYTE ? 'whole' : 'foreign'),
      maxBytes: bytes,
      onProgress: (loadedBytes) => onProgress({ loadedBytes, totalBytes: bytes }),
    });
    const weights = await folder.open(name);
    if (weights.size !== bytes) throw new AppError('model-corrupt', `${url}: ends after ${weights.size} bytes`);
    const checked = (readBytes: number) => onProgress({ phase: 'checking', loadedBytes: readBytes, totalBytes: bytes });
    if ((await hashBlob(weights, signal, checked)) !== sha256) {
      throw new AppError('model-corrupt', `${url}: SHA-256 differs`);
    }
    ({ contextLength } = await inspect(weights));
  } catch (error) {
    const wrong = error instanceof AppError && ['model-corrupt', 'unsupported'].includes(error.code);
    if (wrong) await forgetFetched(folder, name);
    throw error;
  }
  await store.complete(withinContext(entry, contextLength), name);
  await forgetFetched(folder, name); // its journal
}
