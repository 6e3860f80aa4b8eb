// Downloads a model of the hub: listed, fetched, verified, looked into, and only then installed. Whatever happens on the way, the
// store holds a verified model or none; what has come of it stays for the next time, unless it was wrong.
import { AppError, isAbort } from '../../errors.ts';
import { isHubLayout, type CatalogEntry, type ModelFile } from '../catalog.ts';
import { fetchFile, forgetFetched, forgetJournal } from '../download/fetch-file.ts';
import { gitSha1, hashBlob, StreamedHash } from '../download/hash.ts';
import type { Connection } from '../download/request.ts';
import { isFull, requireRoom, storageFull, type Room } from '../download/room.ts';
import type { DownloadProgress } from '../download/task-events.ts';
import { asInspected, entryOf } from './entry.ts';
import { fileAddress, readRepository, type HubFile, type HubRepository } from './hub.ts';
import type { Inspection } from './inspect-weights.ts';
import { companionsOf } from './layout.ts';
import { companionName, partName, type ModelStore } from './model-store.ts';

export interface ModelDownload extends Connection, Room {
  repository: string;
  file: string;
  /** Base address of the hub, '' for the usual one. */
  endpoint: string;
  store: ModelStore;
  onProgress: (progress: DownloadProgress) => void;
  /** Throws `unsupported` for what cannot run here, with the reason. */
  inspect: (weights: Blob, companions: ReadonlyMap<string, Blob>) => Promise<Inspection>;
}

/** What GGUF files begin with, and graphs: the field of ONNX's own version. */
const FIRST_BYTE = { gguf: 'G'.charCodeAt(0), onnx: 0x08 };

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
    throw isAbort(error) ? new AppError('aborted') : error;
  }
}

/** Of a model with companions: the weights last. */
interface Wanted {
  entry: CatalogEntry;
  repository: HubRepository;
  files: HubFile[];
  totalBytes: number;
  /** What has come is hashed as it comes; by path. */
  hashes: Map<string, StreamedHash>;
}

async function install(entry: CatalogEntry, download: ModelDownload): Promise<void> {
  const { store, repository: name, file: path, endpoint } = download;
  if (await store.find(entry.id)) return;
  const repository = await readRepository(name, endpoint, download);
  const weights = repository.files.find((each) => each.path === path);
  if (!weights) throw new AppError('download-failed', `${name} has no ${path}`);
  const files = [...(isHubLayout(path) ? companionsOf(path, repository.files) : []), weights];
  const unstated = files.find(({ sha256, gitSha1 }) => !sha256 && !gitSha1);
  if (unstated ?? !weights.sha256) {
    throw new AppError('download-failed', `nobody states the hash of ${(unstated ?? weights).path}`);
  }
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const hashes = new Map(files.map((file) => [file.path, new StreamedHash()]));
  const wanted: Wanted = { entry, repository, files, totalBytes, hashes };
  const neededBytes = async () => totalBytes - (await store.partialBytes(entry.id));
  await requireRoom(await neededBytes(), download);
  try {
    await fetchVerified(wanted, download).catch((error: unknown) => {
      // Once more: a bad beginning from an earlier time is not repeated.
      if (!(error instanceof AppError && error.code === 'model-corrupt')) throw error;
      return fetchVerified(wanted, download);
    });
  } catch (error) {
    throw isFull(error) ? await storageFull(await neededBytes(), download, error) : error;
  }
}

async function fetchVerified(wanted: Wanted, download: ModelDownload): Promise<void> {
  const { entry, repository, files } = wanted;
  const { store, file: path, inspect } = download;
  const { folder } = store;
  const nameOf = (file: HubFile) => (file.path === path ? partName(entry.id) : companionName(entry.id, file.path));
  await fetchAll(wanted, download, nameOf);
  const verified = await verifyAll(wanted, download, nameOf);
  try {
    const blobs = await Promise.all(files.map((file) => folder.open(nameOf(file))));
    const companions = new Map(files.slice(0, -1).map((file, i) => [file.path, blobs[i]]));
    const found = await inspect(blobs[blobs.length - 1], companions);
    const stated = {
      ...entry,
      ...(entry.licence === '' && asDescribed(entry, repository)),
      origin: { kind: 'hub' as const, repository: repository.name, file: path, commit: repository.commit },
      weights: verified[files.length - 1],
      ...(companions.size > 0 && { companions: verified.slice(0, -1) }),
    };
    await store.complete(asInspected(stated, found), partName(entry.id));
  } catch (error) {
    const wrong = error instanceof AppError && ['model-corrupt', 'unsupported'].includes(error.code);
    if (wrong) for (const file of files) await forgetFetched(folder, nameOf(file));
    throw error;
  }
  for (const file of files) await forgetJournal(folder, nameOf(file));
}

type NameOf = (file: HubFile) => string;

async function fetchAll({ repository, files, totalBytes, hashes }: Wanted, download: ModelDownload, nameOf: NameOf) {
  const { store, signal, fetch, stallMs, reconnectMs, endpoint, file: path, onProgress } = download;
  const { folder } = store;
  const firstByte = isHubLayout(path) ? FIRST_BYTE.onnx : FIRST_BYTE.gguf;
  let before = 0;
  for (const file of files) {
    const { bytes, sha256, gitSha1 } = file;
    const name = nameOf(file);
    const isHere = (await folder.sizes()).get(name) === bytes;
    const fetching = isHere
      ? Promise.resolve()
      : fetchFile({
          signal,
          fetch,
          stallMs,
          reconnectMs,
          hash: hashes.get(file.path),
          url: fileAddress(repository, file.path, endpoint),
          folder,
          name,
          sha256: sha256 ?? gitSha1 ?? '',
          immutable: true,
          beginning: (byte) => (file.path === path && byte !== firstByte ? 'foreign' : 'whole'),
          maxBytes: bytes,
          onProgress: (loadedBytes) => onProgress({ loadedBytes: before + loadedBytes, totalBytes }),
        });
    await fetching.catch(async (error: unknown) => {
      if (error instanceof AppError && error.code === 'model-corrupt') await forgetFetched(folder, name);
      throw error;
    });
    before += bytes;
  }
}

/** What the files are, once each is known to be what the hub says: git's SHA-1 is replaced by a hash of our own. */
async function verifyAll(
  { repository, files, totalBytes, hashes }: Wanted,
  download: ModelDownload,
  nameOf: NameOf,
): Promise<ModelFile[]> {
  const { store, signal, endpoint, onProgress } = download;
  const { folder } = store;
  const verified: ModelFile[] = [];
  let before = 0;
  for (const file of files) {
    const { path, bytes } = file;
    const url = fileAddress(repository, path, endpoint);
    const blob = await folder.open(nameOf(file));
    const checked = (readBytes: number) =>
      onProgress({ phase: 'checking', loadedBytes: before + readBytes, totalBytes });
    const hash = hashes.get(path);
    // What lay here whole before has not come through our hands.
    const sha256 = hash?.bytes === bytes ? hash.digest() : await hashBlob(blob, signal, checked);
    checked(bytes);
    const isSound = file.sha256 ? sha256 === file.sha256 : (await gitSha1(blob)) === file.gitSha1;
    if (blob.size !== bytes || !isSound) {
      await forgetFetched(folder, nameOf(file));
      const what = blob.size === bytes ? 'its hash differs' : `ends after ${blob.size} bytes`;
      throw new AppError('model-corrupt', `${url}: ${what}`);
    }
    verified.push({ name: path, bytes, sha256 });
    before += bytes;
  }
  return verified;
}

/** Of a model that the catalog does not know, what its repository's card says. */
function asDescribed({ languages }: CatalogEntry, repository: HubRepository): Partial<CatalogEntry> {
  const { licence } = repository;
  return { licence, languages: repository.languages.length > 0 ? repository.languages : languages };
}
