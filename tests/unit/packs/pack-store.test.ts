import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { downloadPack } from '../../../lib/model/packs/download.ts';
import { PackStore } from '../../../lib/model/packs/pack-store.ts';
import type { Pack } from '../../../lib/model/packs/pack.ts';
import type { LanguagePair } from '../../../lib/protocol.ts';
import { openBucket, type Bucket } from '../../fakes/bucket.ts';
import { DiskFolder } from './disk-folder.ts';
import { packOf, readAll } from './setting.ts';
import { DE_EN, EN_FR, EN_JA, FILES } from './small-catalogue.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

const EN_TO_FR = { from: 'en', to: 'fr' };
const DE_TO_EN = { from: 'de', to: 'en' };
const EN_TO_JA = { from: 'en', to: 'ja' };
const never = new AbortController().signal;
const code = (code: string) => expect.objectContaining({ code }) as unknown;

/** The English-Japanese pack, as if the package carried it: files by name behind the assets' address. */
const PACKAGED: Pack = {
  pair: EN_TO_JA,
  files: Object.fromEntries(
    ['model', 'shortlist', 'vocabulary', 'targetVocabulary'].map((role, i) => {
      const { bytes, sha256 } = EN_JA[i][1];
      return [role, { name: role, bytes: bytes.length, sha256 }];
    }),
  ) as unknown as Pack['files'],
};
const fromPackage: typeof fetch = (url) => {
  const role = (url as string).replace('https://assets/models/', '');
  const i = ['model', 'shortlist', 'vocabulary', 'targetVocabulary'].indexOf(role);
  return Promise.resolve(new Response(EN_JA[i][1].bytes as BufferSource));
};

let bucket: Bucket;
let folder: DiskFolder;
let store: PackStore;

beforeEach(async () => {
  bucket = await openBucket(FILES);
  folder = new DiskFolder();
  store = new PackStore({ folder, packaged: [PACKAGED], assetsUrl: 'https://assets/', fetch: fromPackage });
});
afterEach(async () => {
  await bucket.close();
  folder.destroy();
});

const install = (pair: LanguagePair) => downloadPack({ pair, mirror: bucket.url, store, signal: never });
const inFolder = (name: string) => join(folder.path, name);
const compressedBytes = (pack: typeof EN_FR) => pack.reduce((sum, [, { compressed }]) => sum + compressed.length, 0);
const fileBytes = (pack: typeof EN_FR) => pack.reduce((sum, [, { bytes }]) => sum + bytes.length, 0);

test('every direction is listed with its state and its sizes', async () => {
  await install(EN_TO_FR);
  writeFileSync(inFolder('de-en.model.gz'), Buffer.alloc(1000));
  const list = await store.list();
  expect(list.map(({ pair, state }) => [pair.from, pair.to, state])).toEqual([
    ['en', 'fr', 'installed'],
    ['de', 'en', 'partial'],
    ['en', 'de', 'available'],
    ['en', 'ja', 'packaged'],
  ]);
  expect(list[0].downloadBytes).toBe(0);
  expect(list[0].storedBytes).toBeGreaterThan(fileBytes(EN_FR));
  expect(list[0].storedBytes).toBeLessThan(fileBytes(EN_FR) + 1000); // and the record
  expect(list[1]).toMatchObject({ storedBytes: 1000, downloadBytes: compressedBytes(DE_EN) - 1000 });
  expect(list[3]).toMatchObject({ storedBytes: 0, downloadBytes: 0 });
});

test('what the package carries is read from there, verified, and not downloaded or deleted', async () => {
  const { model, targetVocabulary } = await readAll(store, EN_TO_JA, never);
  expect(Buffer.from(model).equals(EN_JA[0][1].bytes)).toBe(true);
  expect(Buffer.from(targetVocabulary!).equals(EN_JA[3][1].bytes)).toBe(true);
  await install(EN_TO_JA);
  await store.delete(EN_TO_JA);
  expect(bucket.asked).toEqual([]);
  expect(await store.has(EN_TO_JA)).toBe(true);

  const spoilt = new PackStore({
    folder,
    packaged: [PACKAGED],
    assetsUrl: 'https://assets/',
    fetch: () => Promise.resolve(new Response(new Uint8Array(EN_JA[0][1].bytes.length))),
  });
  await expect(readAll(spoilt, EN_TO_JA, never)).rejects.toEqual(code('model-corrupt'));
});

describe('an installed pack', () => {
  test.each(['model', 'shortlist', 'vocabulary'])(
    'whose %s has a bit turned is refused, said to be so, and brought again by itself alone',
    async (role) => {
      await install(EN_TO_FR);
      const spoilt = Buffer.from(await folder.read(`en-fr.${role}`));
      spoilt[spoilt.length >> 1] ^= 1;
      writeFileSync(inFolder(`en-fr.${role}`), spoilt);
      await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('model-corrupt'));
      await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('pack-missing'));
      expect((await packOf(store, EN_TO_FR)).state).toBe('partial');
      bucket.asked.length = 0;
      await install(EN_TO_FR);
      expect(bucket.asked).toHaveLength(1);
      await readAll(store, EN_TO_FR, never);
    },
  );

  test('whose file is gone is refused', async () => {
    await install(EN_TO_FR);
    await folder.remove('en-fr.model');
    await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('model-corrupt'));
    expect(await store.has(EN_TO_FR)).toBe(false);
  });

  test('whose record cannot be read is none', async () => {
    await install(EN_TO_FR);
    writeFileSync(inFolder('en-fr.json'), '{"model":');
    await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('pack-missing'));
  });

  test('is deleted to the last byte, and no other with it', async () => {
    await install(EN_TO_FR);
    await install(DE_TO_EN);
    writeFileSync(inFolder('en-fr.model.gz'), 'left over');
    await store.delete(EN_TO_FR);
    expect((await packOf(store, EN_TO_FR)).state).toBe('available');
    expect([...(await folder.sizes()).keys()].filter((name) => name.startsWith('en-fr'))).toEqual([]);
    await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('pack-missing'));
    await readAll(store, DE_TO_EN, never);
  });

  test('is not read for a reader who has left', async () => {
    await install(EN_TO_FR);
    await expect(readAll(store, EN_TO_FR, AbortSignal.abort())).rejects.toEqual(code('aborted'));
  });
});

test('foreign files are never a pack', async () => {
  for (const role of ['model', 'shortlist', 'vocabulary']) writeFileSync(inFolder(`en-fr.${role}`), 'foreign');
  await expect(readAll(store, EN_TO_FR, never)).rejects.toEqual(code('pack-missing'));
  await install(EN_TO_FR);
  expect(bucket.asked).toHaveLength(3);
  await readAll(store, EN_TO_FR, never);
});

test('without a place to keep packs there are those of the package', async () => {
  const bare = new PackStore({ folder: null, packaged: [PACKAGED], assetsUrl: 'https://assets/', fetch: fromPackage });
  expect((await bare.list()).map(({ state }) => state)).toEqual(['available', 'available', 'available', 'packaged']);
  await readAll(bare, EN_TO_JA, never);
  await bare.delete(EN_TO_FR);
  await expect(readAll(bare, EN_TO_FR, never)).rejects.toEqual(code('pack-missing'));
  const running = downloadPack({ pair: EN_TO_FR, mirror: bucket.url, store: bare, signal: never });
  await expect(running).rejects.toEqual(code('unsupported'));
});
