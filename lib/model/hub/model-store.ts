// The models that the reader has brought to this machine: which are there, their bytes, and what they take. A model counts as
// installed when its entry is written, and that is written last. Downloading is download-model.ts.
import { AppError } from '../../errors.ts';
import type { CatalogEntry, ModelFile } from '../catalog.ts';
import type { Folder } from '../download/folder.ts';
import { hashBlob } from '../download/hash.ts';
import { parseEntry } from './entry.ts';

/** In the origin private file system: the weights, and what they were converted to (lib/model/converted-model.ts). */
export const WEIGHTS_FOLDER = 'weights';
export const CONVERTED_FOLDER = 'models';

/** Where changes are told (lib/model/download/changes.ts). */
export const MODELS_CHANNEL = 'models';

export interface ModelStoreOptions {
  /** Null where the browser has no place to keep models (private windows). */
  folder: Folder | null;
  converted?: Folder | null;
  /** Shared by all contexts of the extension; the browser's own unless said otherwise. */
  locks?: Pick<LockManager, 'request'>;
}

export class ModelStore {
  constructor(private readonly options: ModelStoreOptions) {}

  /** Throws `unsupported` where there is no such place. */
  get folder(): Folder {
    if (!this.options.folder) throw new AppError('unsupported', 'no place to keep models');
    return this.options.folder;
  }

  /** Whose weights are here, by name. */
  async installed(): Promise<CatalogEntry[]> {
    const sizes = await this.sizes();
    const records = [...sizes.keys()].filter((name) => name.endsWith(ENTRY));
    const entries = await Promise.all(records.map((name) => this.readEntry(name)));
    return entries
      .filter((entry) => entry !== null)
      .filter(({ id, weights, companions = [] }) => {
        const isHere = ({ name, bytes }: ModelFile) => sizes.get(companionName(id, name)) === bytes;
        return sizes.get(weightsName(id)) === weights.bytes && companions.every(isHere);
      })
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  async find(id: string): Promise<CatalogEntry | null> {
    return (await this.installed()).find((entry) => entry.id === id) ?? null;
  }

  /** Bytes of a model that has not come whole; 0 where there is nothing of it. */
  async partialBytes(id: string): Promise<number> {
    return (await this.partials()).get(id) ?? 0;
  }

  /** The same of all models that have not come whole, by id. */
  async partials(): Promise<Map<string, number>> {
    const sizes = await this.sizes();
    const partial = new Map<string, number>();
    for (const [name, bytes] of sizes) {
      if ([WEIGHTS, ENTRY, JOURNAL].some((ending) => name.endsWith(ending))) continue;
      for (const id of idOf(name)) {
        if (!sizes.has(entryName(id))) partial.set(id, (partial.get(id) ?? 0) + bytes);
      }
    }
    return partial;
  }

  /** What a model takes on the disk, with what was made of it. */
  async storedBytes({ id, weights }: CatalogEntry): Promise<number> {
    const own = [...(await this.sizes())].filter(([name]) => name.startsWith(`${prefix(id)}.`));
    const made = [...((await this.options.converted?.sizes()) ?? [])].filter(([name]) =>
      isMadeOf(name, weights.sha256),
    );
    return [...own, ...made].reduce((sum, [, bytes]) => sum + bytes, 0);
  }

  /**
   * The weights, once they are known to be what was downloaded. Throws `model-damaged` where they are not or are gone, and then
   * nothing is left of them; `aborted`.
   */
  async open(entry: CatalogEntry, signal: AbortSignal, onProgress?: (readBytes: number) => void): Promise<Blob> {
    const name = weightsName(entry.id);
    const blob = await this.folder.open(name).catch(() => null);
    const sound =
      blob?.size === entry.weights.bytes && (await hashBlob(blob, signal, onProgress)) === entry.weights.sha256;
    if (sound) return blob;
    await this.remove(entry.id);
    throw new AppError('model-damaged', blob ? `${entry.name}: not what it was` : `${entry.name}: gone`);
  }

  /** What the weights come with, by path. Throws as `open`. */
  async openCompanions(entry: CatalogEntry, signal: AbortSignal): Promise<Map<string, Blob>> {
    const opened = new Map<string, Blob>();
    for (const { name, bytes, sha256 } of entry.companions ?? []) {
      const blob = await this.folder.open(companionName(entry.id, name)).catch(() => null);
      if (blob?.size !== bytes || (await hashBlob(blob, signal)) !== sha256) {
        await this.remove(entry.id);
        throw new AppError('model-damaged', `${entry.name}: ${name} is not what it was`);
      }
      opened.set(name, blob);
    }
    return opened;
  }

  /** Removes a model, or what has come of it, once no download of it runs; what was made of it, too. */
  async delete(id: string): Promise<void> {
    await this.exclusively(id, async () => {
      const entry = await this.find(id);
      await this.remove(id);
      const { converted } = this.options;
      const names = entry && converted ? [...(await converted.sizes()).keys()] : [];
      for (const name of names) if (isMadeOf(name, entry!.weights.sha256)) await converted!.remove(name);
    });
  }

  /** Makes a model installed: the file of that name, which the caller has verified, becomes its weights. */
  async complete(entry: CatalogEntry, fileName: string): Promise<void> {
    await this.folder.rename(fileName, weightsName(entry.id));
    await this.record(entry);
  }

  /** Adds to what is known of a model that is installed. */
  async amend(id: string, found: Pick<CatalogEntry, 'knownAnswer'>): Promise<void> {
    await this.exclusively(id, async () => {
      const entry = await this.find(id);
      if (entry) await this.record({ ...entry, ...found });
    });
  }

  private async record(entry: CatalogEntry): Promise<void> {
    const record = new TextEncoder().encode(JSON.stringify(entry));
    const sink = await this.folder.sink(entryName(entry.id));
    const writer = sink.getWriter();
    await writer.write(record);
    await writer.close();
  }

  /** Runs while nobody else, in no context of the extension, changes the model. Rejects when the signal fires first. */
  async exclusively(id: string, run: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const { locks = typeof navigator === 'undefined' ? undefined : navigator.locks } = this.options;
    await (locks ? locks.request(`model ${id}`, { signal }, run) : run());
  }

  /** The entry first: without it the rest is no model. */
  private async remove(id: string): Promise<void> {
    await this.folder.remove(entryName(id));
    for (const name of (await this.sizes()).keys()) {
      if (name.startsWith(`${prefix(id)}.`)) await this.folder.remove(name);
    }
  }

  private async sizes(): Promise<Map<string, number>> {
    return (await this.options.folder?.sizes()) ?? new Map<string, number>();
  }

  private async readEntry(name: string): Promise<CatalogEntry | null> {
    try {
      const entry = parseEntry(JSON.parse(new TextDecoder().decode(await this.folder.read(name))) as unknown);
      return entry && entryName(entry.id) === name ? entry : null;
    } catch {
      return null;
    }
  }
}

/** Of its weights, of a part of them, of its entry: what follows the model's id in a file's name. */
const WEIGHTS = '.gguf';
const PART = '.part';
const ENTRY = '.entry';
/** Of a download under way (lib/model/download/fetch-file.ts). */
const JOURNAL = '.json';

/** Ids hold slashes, file names may not. No id's prefix and dot begin another's: the dots of an id are encoded too. */
function prefix(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%2E');
}

/** Of what the name of a file begins with; none where the name is not ours. */
function idOf(name: string): string[] {
  const [begins] = name.split('.');
  try {
    const id = decodeURIComponent(begins);
    return prefix(id) === begins ? [id] : [];
  } catch {
    return [];
  }
}

function weightsName(id: string): string {
  return prefix(id) + WEIGHTS;
}

/** What has come of the weights so far. */
export function partName(id: string): string {
  return prefix(id) + PART;
}

/** Of a file that the weights come with: under this name from its first byte on, as it counts for nothing before the entry is written. */
export function companionName(id: string, path: string): string {
  return `${prefix(id)}.${prefix(path)}`;
}

function entryName(id: string): string {
  return prefix(id) + ENTRY;
}

function isMadeOf(name: string, sha256: string): boolean {
  return sha256 !== '' && name.startsWith(sha256);
}
