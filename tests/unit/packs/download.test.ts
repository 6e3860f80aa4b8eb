// Every fault, against a real server and a real disk: whatever happens, a pack is there whole and verified, or it is not there.
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { downloadPack, type DownloadOptions } from '../../../lib/model/packs/download.ts';
import { PackStore } from '../../../lib/model/packs/pack-store.ts';
import type { PackBytes } from '../../../lib/model/packs/pack.ts';
import { RECORDS_URL } from '../../../lib/model/packs/server.ts';
import type { DownloadProgress } from '../../../lib/model/packs/tally.ts';
import type { LanguagePair } from '../../../lib/protocol.ts';
import { cutAfter, openBucket, silentAfter, type Bucket, type Fault } from './bucket.ts';
import { DiskFolder } from './disk-folder.ts';
import { DE_EN, EN_DE, EN_FR, EN_JA, FILES, recordsOf, type TestFile } from './small-catalogue.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

const EN_TO_FR = { from: 'en', to: 'fr' };
const [MODEL, SHORTLIST, VOCABULARY] = EN_FR.map(([path]) => path);
const [{ compressed: MODEL_GZ }] = EN_FR.map(([, file]) => file);

let bucket: Bucket;
let folder: DiskFolder;
let store: PackStore;

beforeEach(async () => {
  bucket = await openBucket(FILES);
  folder = new DiskFolder();
  store = storeOn(folder);
});
afterEach(async () => {
  await bucket.close();
  folder.destroy();
});

const storeOn = (folder: DiskFolder) => new PackStore({ folder, packaged: [], assetsUrl: '' });
const never = new AbortController().signal;

/** Firefox's records are asked for on the test's own server. */
const onBucket: typeof fetch = (url, init) => fetch(url === RECORDS_URL ? `${bucket.url}records` : url, init);

function download(pair: LanguagePair = EN_TO_FR, options: Partial<DownloadOptions> = {}): Promise<void> {
  return downloadPack({ pair, mirror: bucket.url, store, signal: never, fetch: onBucket, stallMs: 2000, ...options });
}

const failure = (running: Promise<unknown>) => expect(running).rejects;
const code = (code: string) => expect.objectContaining({ code }) as unknown;
const stateOf = async (pair = EN_TO_FR) => (await store.pack(pair)).state;
const on =
  (path: string, fault: Fault): Fault =>
  (asked) =>
    asked.path === path && fault(asked);

/** Once, and then no more. */
function once(fault: Fault): Fault {
  let left = 1;
  return (asked) => left > 0 && fault(asked) && left-- > 0;
}

/** What the pack holds is what the server's files hold. */
async function expectWhole(pair: LanguagePair, pack: [string, TestFile][], from = store): Promise<void> {
  const bytes: PackBytes = await from.read(pair, never);
  const expected = pack.map(([, file]) => file.bytes);
  const read = [
    bytes.model,
    bytes.shortlist,
    bytes.vocabulary,
    ...(bytes.targetVocabulary ? [bytes.targetVocabulary] : []),
  ];
  expect(read.map((each) => Buffer.from(each).equals(expected.shift()!))).toEqual(pack.map(() => true));
}

describe('a download', () => {
  test('brings every file, verified, and says how far it is', async () => {
    const progress: DownloadProgress[] = [];
    await download(EN_TO_FR, { onProgress: (each) => progress.push(each) });
    await expectWhole(EN_TO_FR, EN_FR);
    expect(await stateOf()).toBe('installed');
    expect(bucket.asked.map(({ path }) => path)).toEqual([MODEL, SHORTLIST, VOCABULARY]);
    const totalBytes = EN_FR.reduce((sum, [, { compressed }]) => sum + compressed.length, 0);
    expect(progress.at(-1)).toEqual({ loadedBytes: totalBytes, totalBytes });
    expect(progress.map(({ loadedBytes }) => loadedBytes)).toEqual(
      progress.map(({ loadedBytes }) => loadedBytes).sort((a, b) => a - b),
    );
    expect(progress.length).toBeGreaterThan(4);
  });

  test('keeps nothing but the files and their record', async () => {
    await download();
    expect([...(await folder.sizes()).keys()].sort()).toEqual(
      ['en-fr.json', 'en-fr.model', 'en-fr.shortlist', 'en-fr.vocabulary'].sort(),
    );
  });

  test('of what is installed asks nothing', async () => {
    await download();
    bucket.asked.length = 0;
    await download();
    expect(bucket.asked).toEqual([]);
  });

  test('of languages of their own vocabularies brings both', async () => {
    await download({ from: 'en', to: 'ja' });
    await expectWhole({ from: 'en', to: 'ja' }, EN_JA);
  });

  test('of a pair through English brings both directions', async () => {
    await download({ from: 'de', to: 'fr' });
    await expectWhole({ from: 'de', to: 'en' }, DE_EN);
    await expectWhole(EN_TO_FR, EN_FR);
    expect(await stateOf({ from: 'de', to: 'fr' })).toBe('installed');
  });

  test('of a pair that there is not fails before anything is asked', async () => {
    await failure(download({ from: 'fr', to: 'de' })).toEqual(code('no-such-pair'));
    expect(bucket.asked).toEqual([]);
  });
});

describe('a connection', () => {
  test('that is cut is gone on with where it was cut', async () => {
    bucket.fault = once(on(MODEL, cutAfter(70_000)));
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
    const [first, second] = bucket.asked;
    expect(first.range).toBeUndefined();
    const start = Number(/^bytes=(\d+)-$/.exec(second.range!)![1]);
    expect(start).toBeGreaterThan(0);
    expect(start).toBeLessThanOrEqual(70_000);
    expect(second.ifRange).toMatch(/^"/);
  });

  test('that is cut again and again ends the call, and the next call goes on', async () => {
    let served = 0;
    bucket.fault = on(MODEL, (asked) => cutAfter(served++ === 0 ? 50_000 : 0)(asked));
    await failure(download()).toEqual(code('download-failed'));
    expect(await stateOf()).toBe('partial');
    const { storedBytes, downloadBytes } = await store.pack(EN_TO_FR);
    expect(storedBytes).toBeGreaterThan(10_000);
    bucket.fault = null;
    bucket.asked.length = 0;
    const progress: DownloadProgress[] = [];
    await download(EN_TO_FR, { onProgress: (each) => progress.push(each) });
    await expectWhole(EN_TO_FR, EN_FR);
    expect(bucket.asked[0].range).toBeDefined();
    expect(progress[0].totalBytes - progress[0].loadedBytes).toBe(downloadBytes);
  });

  test('that says nothing any more counts as cut', async () => {
    bucket.fault = once(on(MODEL, silentAfter(60_000)));
    await download(EN_TO_FR, { stallMs: 150 });
    await expectWhole(EN_TO_FR, EN_FR);
    expect(bucket.asked[1].range).toBeDefined();
  });

  test('that never says anything is no connection', async () => {
    bucket.fault = () => true;
    await failure(download(EN_TO_FR, { stallMs: 50 })).toEqual(code('offline'));
    expect(await stateOf()).toBe('available');
  });

  test('that there is not is said so', async () => {
    await bucket.close();
    await failure(download()).toEqual(code('offline'));
  });

  test('is ended when the reader stops, and what has come stays', async () => {
    const reader = new AbortController();
    bucket.fault = on(MODEL, silentAfter(60_000));
    const onProgress = ({ loadedBytes }: DownloadProgress) => loadedBytes > 0 && reader.abort();
    await failure(download(EN_TO_FR, { signal: reader.signal, onProgress })).toEqual(code('aborted'));
    expect(await stateOf()).toBe('partial');
    bucket.fault = null;
    await download();
    expect(bucket.asked[1].range).toBeDefined();
    await expectWhole(EN_TO_FR, EN_FR);
  });
});

describe('a server', () => {
  const partly = async () => {
    bucket.fault = on(MODEL, (asked) => cutAfter(asked.request.headers.range ? 0 : 60_000)(asked));
    await failure(download()).toEqual(code('download-failed'));
    bucket.fault = null;
    bucket.asked.length = 0;
  };

  test('that knows no ranges is asked for the whole', async () => {
    await partly();
    bucket.fault = ({ path, response }) => {
      response.removeHeader('content-range');
      const whole = FILES.get(path)!.compressed;
      response.writeHead(200, { 'content-length': whole.length }).end(whole);
      return true;
    };
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test('whose file has changed sends the whole, as its tag says', async () => {
    await partly();
    bucket.fault = on(MODEL, ({ request, response }) => {
      expect(request.headers['if-range']).toMatch(/^"/);
      response.removeHeader('content-range');
      response.writeHead(200, { etag: '"another"', 'content-length': MODEL_GZ.length }).end(MODEL_GZ);
      return true;
    });
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test('that sends another part than was asked for is not believed', async () => {
    await partly();
    bucket.fault = once(
      on(MODEL, ({ response }) => {
        response.setHeader('content-range', `bytes 0-${MODEL_GZ.length - 1}/${MODEL_GZ.length}`);
        response.writeHead(206, { 'content-length': MODEL_GZ.length }).end(MODEL_GZ);
        return true;
      }),
    );
    await failure(download()).toEqual(code('download-failed'));
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test('that says there is nothing behind what is here is taken at its word, and the hash decides', async () => {
    await partly();
    await folder.append('en-fr.model.gz').then((file) => {
      file.write(MODEL_GZ.subarray(folder.sizeOf('en-fr.model.gz')));
      file.close();
    });
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
    expect(bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(1);
  });

  test('that compresses for the way only is understood: the browser has decompressed already', async () => {
    bucket.fault = ({ response, body }) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(body);
      return true;
    };
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test.each([
    ['marked as one', 'text/html; charset=utf-8'],
    ['marked as a file', 'application/gzip'],
  ])('that is none but a sign-in page, %s, leaves nothing behind', async (_, type) => {
    bucket.fault = ({ response }) => {
      response.removeHeader('content-length');
      response.writeHead(200, { 'content-type': type }).end('<!doctype html><title>Welcome to the hotel</title>');
      return true;
    };
    await failure(download()).toEqual(code('download-failed'));
    expect(await stateOf()).toBe('available');
    bucket.fault = null;
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test('that fails is said so', async () => {
    bucket.fault = ({ response }) => {
      response.removeHeader('content-length');
      response.writeHead(503).end();
      return true;
    };
    await failure(download()).toEqual(code('download-failed'));
    expect(await stateOf()).toBe('available');
  });
});

describe('a file', () => {
  const served = (path: string, compressed: Buffer): Fault =>
    on(path, ({ response }) => {
      response.writeHead(200, { 'content-length': compressed.length, etag: '"x"' }).end(compressed);
      return true;
    });
  const damaged = Buffer.from(MODEL_GZ);
  damaged[MODEL_GZ.length >> 1] ^= 1;
  const other = DE_EN[0][1].compressed;
  const bad: [string, Buffer][] = [
    ['with a bit turned', damaged],
    ['of the right form and the wrong content', other],
    ['without its end', MODEL_GZ.subarray(0, 100_000)],
    ['with a byte too many', gzipSync(Buffer.concat([EN_FR[0][1].bytes, Buffer.alloc(1)]))],
    ['with a byte too few', gzipSync(EN_FR[0][1].bytes.subarray(1))],
    ['of many times the length', Buffer.concat([MODEL_GZ, Buffer.alloc(400_000, 1)])],
  ];

  test.each(bad)('%s is not kept; it is asked for once more, and the right one is taken', async (_, compressed) => {
    bucket.fault = once(served(MODEL, compressed));
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
    expect(bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(2);
  });

  test.each(bad)('%s for the second time is an error, and nothing of it stays', async (_, compressed) => {
    bucket.fault = served(MODEL, compressed);
    await failure(download()).toEqual(code('model-corrupt'));
    expect(bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(2);
    expect([...(await folder.sizes()).keys()]).toEqual([]);
    await failure(store.read(EN_TO_FR, never)).toEqual(code('pack-missing'));
  });

  test('that moved is found by the index of today', async () => {
    const moved = [EN_FR[0][1], EN_FR[1][1], EN_FR[2][1]].map((file, i) => [`models/en-fr/new/${i}.gz`, file] as const);
    for (const [path, file] of moved) bucket.files.set(path, file);
    for (const [path] of EN_FR) bucket.files.delete(path);
    bucket.documents.set(
      'db/models.json',
      JSON.stringify({
        models: {
          'en-fr': [
            {
              sourceLanguage: 'en',
              targetLanguage: 'fr',
              architecture: 'tiny',
              releaseStatus: 'Release',
              files: Object.fromEntries(
                ['model', 'lexicalShortlist', 'vocab'].map((role, i) => {
                  const { bytes, sha256 } = moved[i][1];
                  return [role, { path: moved[i][0], uncompressedSize: bytes.length, uncompressedHash: sha256 }];
                }),
              ),
            },
          ],
        },
      }),
    );
    await download();
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test('that is nowhere any more is said to be so', async () => {
    bucket.files.clear();
    bucket.documents.set('db/models.json', '{"models":{"en-fr":[{"broken":true}]}}');
    await failure(download()).toEqual(code('download-failed'));
  });
});

describe('a file whose hash the snapshot does not have', () => {
  const EN_TO_DE = { from: 'en', to: 'de' };

  test('is verified by the hash that Firefox has for it', async () => {
    const other = recordsOf('en-de', EN_DE).map((each) => ({
      ...each,
      version: '2.0',
      decompressedHash: 'a'.repeat(64),
    }));
    bucket.documents.set('records', JSON.stringify({ data: [...other, null, {}, ...recordsOf('en-de', EN_DE)] }));
    await download(EN_TO_DE);
    await expectWhole(EN_TO_DE, EN_DE);
  });

  test.each([
    ['records without it', '{"data":[]}'],
    ['records that are none', 'oops'],
    ['records of another model', JSON.stringify({ data: recordsOf('en-de', DE_EN) })],
  ])('is not downloaded on %s', async (_, records) => {
    bucket.documents.set('records', records);
    await failure(download(EN_TO_DE)).toEqual(code('download-failed'));
    expect(bucket.asked.map(({ path }) => path)).toEqual(['records']);
  });
});

describe('a disk', () => {
  test('that the browser knows to be full is not begun to be filled', async () => {
    await failure(download(EN_TO_FR, { freeBytes: () => Promise.resolve(300_000) })).toEqual(code('storage-full'));
    expect(bucket.asked).toEqual([]);
    await download(EN_TO_FR, { freeBytes: () => Promise.resolve(500_000) });
    await expectWhole(EN_TO_FR, EN_FR);
  });

  test.each([10_000, 100_000, 150_000, 250_000, 300_000])(
    'that is full after %i bytes is left as it was',
    async (room) => {
      await download({ from: 'de', to: 'en' });
      const before = await folder.sizes();
      folder.capacityBytes = (await store.storedBytes()) + room;
      await failure(download()).toEqual(code('storage-full'));
      expect(await folder.sizes()).toEqual(before);
      await expectWhole({ from: 'de', to: 'en' }, DE_EN);
      folder.capacityBytes = Infinity;
      await download();
      await expectWhole(EN_TO_FR, EN_FR);
    },
  );
});

test('two downloads at once bring the files once', async () => {
  let held = Promise.resolve<unknown>(undefined);
  const request = (_name: string, _options: LockOptions, run: () => Promise<unknown>) => (held = held.then(run));
  const locks = { request } as unknown as LockManager;
  await Promise.all([download(EN_TO_FR, { locks }), download(EN_TO_FR, { locks })]);
  await expectWhole(EN_TO_FR, EN_FR);
  expect(bucket.asked).toHaveLength(3);
});

test(
  'connections reset at any byte, 200 times over: the pack is there whole, or not there',
  { timeout: 120_000 },
  async () => {
    const random = generator(1);
    for (let run = 0; run < 200; run++) {
      let resets = 1 + Math.floor(random() * 4);
      bucket.fault = (asked) => resets-- > 0 && cutAfter(Math.floor(random() * asked.body.length))(asked);
      const own = new DiskFolder();
      store = storeOn(own);
      for (let tries = 0; (await stateOf()) !== 'installed'; tries++) {
        expect(tries).toBeLessThan(10);
        await failure(store.read(EN_TO_FR, never)).toEqual(code('pack-missing'));
        await download().catch((error: unknown) => expect(error).toEqual(code('download-failed')));
      }
      await expectWhole(EN_TO_FR, EN_FR);
      own.destroy();
    }
  },
);

test(
  'killed at any step, 200 times over: the next start has the pack whole, or goes on',
  { timeout: 120_000 },
  async () => {
    const random = generator(2);
    for (let run = 0; run < 200; run++) {
      const dying = new DiskFolder();
      dying.lifetime = Math.floor(random() * 700_000);
      store = storeOn(dying);
      await download().catch((error: unknown) => expect(String(error)).toContain('killed'));
      const own = new DiskFolder(dying.path);
      store = storeOn(own);
      if ((await stateOf()) !== 'installed') await failure(store.read(EN_TO_FR, never)).toEqual(code('pack-missing'));
      else await expectWhole(EN_TO_FR, EN_FR);
      await download();
      await expectWhole(EN_TO_FR, EN_FR);
      own.destroy();
    }
  },
);

/** mulberry32: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
