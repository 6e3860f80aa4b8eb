// A bucket, a disk and a store over them, new for every test.
import { afterEach, beforeEach, expect } from 'vitest';
import { downloadPack, type DownloadOptions } from '../../../lib/model/packs/download.ts';
import { PackStore } from '../../../lib/model/packs/pack-store.ts';
import type { PackBytes } from '../../../lib/model/packs/pack.ts';
import { RECORDS_URL } from '../../../lib/model/packs/server.ts';
import type { LanguagePack, LanguagePair } from '../../../lib/protocol.ts';
import { forever } from '../../fakes/events.ts';
import { openBucket, type Bucket } from '../../fakes/bucket.ts';
import { DiskFolder } from './disk-folder.ts';
import { EN_FR, FILES, type TestFile } from './small-catalogue.ts';

export const EN_TO_FR = { from: 'en', to: 'fr' };
export const [MODEL, SHORTLIST, VOCABULARY] = EN_FR.map(([path]) => path);
export const MODEL_GZ = EN_FR[0][1].compressed;

export const code = (code: string) => expect.objectContaining({ code }) as unknown;
export const failure = (running: Promise<unknown>) => expect(running).rejects;
export const storeOn = (folder: DiskFolder, locks?: LockManager) =>
  new PackStore({ folder, packaged: [], assetsUrl: '', locks });

/** Of one direction. */
export async function packOf(store: PackStore, { from, to }: LanguagePair): Promise<LanguagePack> {
  return (await store.list()).find(({ pair }) => pair.from === from && pair.to === to)!;
}

export class Setting {
  bucket!: Bucket;
  folder!: DiskFolder;
  store!: PackStore;

  constructor() {
    beforeEach(async () => {
      this.bucket = await openBucket(FILES);
      this.folder = new DiskFolder();
      this.store = storeOn(this.folder);
    });
    afterEach(async () => {
      await this.bucket.close();
      this.folder.destroy();
    });
  }

  download(pair: LanguagePair = EN_TO_FR, options: Partial<DownloadOptions> = {}): Promise<void> {
    // Firefox's records are asked for here, too.
    const onBucket: typeof fetch = (url, init) => fetch(url === RECORDS_URL ? `${this.bucket.url}records` : url, init);
    const { store, bucket } = this;
    return downloadPack({
      pair,
      mirror: bucket.url,
      store,
      signal: forever(),
      fetch: onBucket,
      stallMs: 2000,
      ...options,
    });
  }

  async stateOf(pair: LanguagePair = EN_TO_FR): Promise<string> {
    return (await packOf(this.store, pair)).state;
  }

  /** What the pack holds is what the server's files hold. */
  async expectWhole(pair: LanguagePair = EN_TO_FR, pack: [string, TestFile][] = EN_FR): Promise<void> {
    const { model, shortlist, vocabulary, targetVocabulary } = await readAll(this.store, pair, forever());
    const read = [model, shortlist, vocabulary, ...(targetVocabulary ? [targetVocabulary] : [])];
    expect(read).toHaveLength(pack.length);
    pack.forEach(([path, { bytes }], i) => expect(Buffer.from(read[i]).equals(bytes), path).toBe(true));
  }
}

/** All files of a pack. Rejects as the first of them does that cannot be read. */
export async function readAll(store: PackStore, pair: LanguagePair, signal: AbortSignal): Promise<PackBytes> {
  const files = Object.entries(await store.read(pair, signal)).map(
    async ([role, bytes]) => [role, await bytes] as const,
  );
  return Object.fromEntries(await Promise.all(files)) as PackBytes;
}
