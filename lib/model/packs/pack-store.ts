// The packs of this machine: which are there, their verified bytes, and what they take. Downloading is download.ts.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { LanguagePack, LanguagePair } from '../../protocol.ts';
import type { ModelFile } from '../catalog.ts';
import { readModelFile, sha256, verifyModelFile } from '../files.ts';
import { CATALOGUE, pairName, ROLES, route, type Role } from './catalogue.ts';
import type { Folder } from '../download/folder.ts';
import type { Pack, PackReading, PackFiles, PackSource } from './pack.ts';

export interface PackStoreOptions {
  /** Null where the browser has no place to keep packs: then there are only those of the package. */
  folder: Folder | null;
  /** The packs that the package carries, and the folder that holds its `models/`; ends in a slash. */
  packaged: readonly Pack[];
  assetsUrl: string;
  fetch?: (url: string, init: { signal: AbortSignal }) => Promise<Response>;
  /** Shared by all contexts of the extension; the browser's own unless said otherwise. */
  locks?: Pick<LockManager, 'request'>;
}

/** In the origin private file system. */
export const PACK_FOLDER = 'packs';

/** Of a file being written: it has its name only when it is whole. */
const PART = '.part';

export class PackStore implements PackSource {
  private readonly packaged: ReadonlyMap<string, PackFiles>;

  constructor(private readonly options: PackStoreOptions) {
    this.packaged = new Map(options.packaged.map(({ pair, files }) => [pairName(pair), files]));
  }

  readonly route = route;

  /** Where downloaded packs lie. Throws `unsupported` where there is no such place. */
  get folder(): Folder {
    if (!this.options.folder) throw new AppError('unsupported', 'no place to keep language packs');
    return this.options.folder;
  }

  /** Every direction of the catalogue. */
  async list(): Promise<LanguagePack[]> {
    const sizes = await this.sizes();
    return [...CATALOGUE.values()].map(({ pair }) => this.describe(pair, sizes));
  }

  /** True where `read` finds the direction's files. */
  async has(pair: LanguagePair): Promise<boolean> {
    return ['packaged', 'installed'].includes(this.describe(pair, await this.sizes()).state);
  }

  /** A downloaded file that is not what it was is removed: the error is `model-corrupt` then, and `pack-missing` after it. */
  async read(pair: LanguagePair, signal: AbortSignal): Promise<PackReading> {
    throwIfAborted(signal);
    const packaged = this.packaged.get(pairName(pair));
    const files = packaged ?? (await this.record(pair));
    if (!files) throw new AppError('pack-missing', pairName(pair));
    const read = (role: Role, file: ModelFile) => {
      const bytes = packaged ? this.readPackaged(file, signal) : this.readStored(pair, role, file);
      bytes.catch(() => undefined); // Said to whoever waits for it.
      return [role, bytes] as const;
    };
    return Object.fromEntries(ROLES.flatMap((role) => (files[role] ? [read(role, files[role])] : []))) as PackReading;
  }

  /** Removes what was downloaded of a direction, whole or in part, once no download of it runs. Packaged packs stay. */
  async delete(pair: LanguagePair): Promise<void> {
    await this.exclusively(pair, async () => {
      const sizes = await this.sizes();
      // The record first: without it the rest is no pack.
      if (sizes.delete(recordName(pair))) await this.folder.remove(recordName(pair));
      for (const name of namesOf(pair, sizes)) await this.folder.remove(name);
    });
  }

  /** Runs while nobody else, in no context of the extension, changes the direction's files. Rejects when the signal fires first. */
  async exclusively(pair: LanguagePair, run: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const { locks = typeof navigator === 'undefined' ? undefined : navigator.locks } = this.options;
    await (locks ? locks.request(`pack ${pairName(pair)}`, { signal }, run) : run());
  }

  /** Keeps a file of a direction: the caller has verified it. */
  async put(pair: LanguagePair, role: Role, bytes: Uint8Array): Promise<void> {
    await this.publish(fileName(pair, role), bytes);
  }

  /** True where the direction's file is there, of this length and hash; another in its place is removed. */
  async keeps(pair: LanguagePair, role: Role, file: ModelFile): Promise<boolean> {
    return (await this.readStored(pair, role, file).catch(() => null)) !== null;
  }

  /** Makes a direction installed: all its files are kept. */
  async complete(pair: LanguagePair, files: PackFiles): Promise<void> {
    await this.publish(recordName(pair), new TextEncoder().encode(JSON.stringify(files)));
  }

  private async sizes(): Promise<Map<string, number>> {
    return (await this.options.folder?.sizes()) ?? new Map<string, number>();
  }

  private describe(pair: LanguagePair, sizes: ReadonlyMap<string, number>): LanguagePack {
    if (this.packaged.has(pairName(pair))) return { pair, state: 'packaged', downloadBytes: 0, storedBytes: 0 };
    const names = namesOf(pair, sizes);
    const installed = sizes.has(recordName(pair));
    const missing = Object.entries(CATALOGUE.get(pairName(pair))?.files ?? {}).map(([role, { compressedBytes }]) =>
      sizes.has(fileName(pair, role as Role))
        ? 0
        : Math.max(0, compressedBytes - (sizes.get(compressedName(pair, role as Role)) ?? 0)),
    );
    return {
      pair,
      state: installed ? 'installed' : names.length > 0 ? 'partial' : 'available',
      downloadBytes: installed ? 0 : missing.reduce((sum, bytes) => sum + bytes, 0),
      storedBytes: names.reduce((sum, name) => sum + sizes.get(name)!, 0),
    };
  }

  /** What a direction was completed with; null where it was not. */
  private async record(pair: LanguagePair): Promise<PackFiles | null> {
    try {
      const bytes = await this.options.folder?.read(recordName(pair));
      return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as PackFiles) : null;
    } catch {
      return null;
    }
  }

  private async readPackaged(file: ModelFile, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { assetsUrl, fetch } = this.options;
    const bytes = await readModelFile(file, { assetsUrl, signal, fetch });
    await verifyModelFile(file, bytes);
    return bytes;
  }

  private async readStored(pair: LanguagePair, role: Role, file: ModelFile): Promise<Uint8Array<ArrayBuffer>> {
    const name = fileName(pair, role);
    const bytes = await this.folder.read(name).catch(() => null);
    if (bytes?.length === file.bytes && (await sha256(bytes)) === file.sha256) return bytes;
    await this.folder.remove(recordName(pair));
    await this.folder.remove(name);
    throw new AppError('model-corrupt', bytes ? `${name}: not what was downloaded` : `${name} is gone`);
  }

  private async publish(name: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.folder.write(`${name}${PART}`, bytes);
    } catch (error) {
      // A full disk has no room for a part of no use.
      await this.folder.remove(`${name}${PART}`);
      throw error;
    }
    await this.folder.rename(`${name}${PART}`, name);
  }
}

/** A direction's file, decompressed and verified. */
function fileName(pair: LanguagePair, role: Role): string {
  return `${pairName(pair)}.${role}`;
}

/** A direction's file as it comes from the server, as far as it has come. */
export function compressedName(pair: LanguagePair, role: Role): string {
  return `${fileName(pair, role)}.gz`;
}

/** Says that all files of a direction are there, and which; written last. */
function recordName(pair: LanguagePair): string {
  return `${pairName(pair)}.json`;
}

function namesOf(pair: LanguagePair, sizes: ReadonlyMap<string, number>): string[] {
  return [...sizes.keys()].filter((name) => name.startsWith(`${pairName(pair)}.`));
}
