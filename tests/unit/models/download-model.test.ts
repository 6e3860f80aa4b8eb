// A model of the hub: whatever the servers, the disk or the reader do, it is here whole and verified, or it is not here.
import { describe, expect, test } from 'vitest';
import { forever } from '../../fakes/events.ts';
import { answerWith, cutAfter, once, silentAfter } from '../../fakes/hub.ts';
import { ModelStore } from '../../../lib/model/hub/model-store.ts';
import type { DownloadProgress } from '../../../lib/model/download/task-events.ts';
import { DiskFolder } from '../packs/disk-folder.ts';
import { code, failure, FILE, ID, NONSENSE, REPOSITORY, Setting, WEIGHTS } from './setting.ts';

const setting = new Setting();
const HALF = WEIGHTS.length >> 1;

/** Aborts once so many bytes have come. */
async function pauseAt(bytes: number): Promise<void> {
  const controller = new AbortController();
  setting.hub.fault = silentAfter(bytes);
  const onProgress = ({ loadedBytes }: DownloadProgress) => loadedBytes >= bytes && controller.abort();
  await failure(setting.download({ signal: controller.signal, onProgress })).toEqual(code('aborted'));
  setting.hub.fault = null;
}

test('is listed at a commit, fetched across a redirect, verified, and installed as what it is', async () => {
  const progress: DownloadProgress[] = [];
  await setting.download({ onProgress: (each) => progress.push(each) });
  await setting.expectWhole();
  expect(setting.hub.asked).toEqual([
    `/api/models/${REPOSITORY}`,
    `/api/models/${REPOSITORY}/tree/${setting.hub.commit}?recursive=true`,
    `/${REPOSITORY}/resolve/${setting.hub.commit}/${FILE}`,
  ]);
  expect(progress.at(-1)).toEqual({ phase: 'checking', loadedBytes: WEIGHTS.length, totalBytes: WEIGHTS.length });
  expect(await setting.store.find(ID)).toMatchObject({
    id: ID,
    name: 'tiny Q4_1',
    licence: 'mit',
    languages: ['en', 'pt'],
    origin: { kind: 'hub', repository: REPOSITORY, file: FILE, commit: setting.hub.commit },
    measured: false,
  });
  expect([...(await setting.folder.sizes()).keys()]).toHaveLength(2);
});

test('is not fetched twice', async () => {
  await setting.download();
  await setting.download();
  expect(setting.hub.fetched).toHaveLength(1);
});

test.each([0.1, 0.5, 0.99])(
  'paused at %f of it comes without a byte twice, with a new signed address',
  async (share) => {
    const bytes = Math.floor(share * WEIGHTS.length);
    await pauseAt(bytes);
    expect(await setting.store.partialBytes(ID)).toBe(bytes);
    setting.hub.expire();
    await setting.download();
    await setting.expectWhole();
    expect(setting.hub.fetched.map(({ range }) => range)).toEqual([undefined, `bytes=${bytes}-`]);
  },
);

test('goes on after the repository has a new commit with the same file', async () => {
  await pauseAt(HALF);
  setting.hub.commit = 'f'.repeat(40);
  await setting.download();
  await setting.expectWhole();
  expect(setting.hub.fetched.at(-1)!.range).toBe(`bytes=${HALF}-`);
});

test('is fetched once where two contexts ask at the same time', async () => {
  const locks = oneAfterAnother();
  const stores = [1, 2].map(() => new ModelStore({ folder: setting.folder, locks }));
  await Promise.all(stores.map((store) => setting.download({ store })));
  await setting.expectWhole();
  expect(setting.hub.fetched).toHaveLength(1);
});

test('goes on in another context when the first one ends', async () => {
  const locks = oneAfterAnother();
  const stores = [1, 2].map(() => new ModelStore({ folder: setting.folder, locks }));
  const controller = new AbortController();
  setting.hub.fault = once(silentAfter(HALF));
  const first = setting.download({
    store: stores[0],
    signal: controller.signal,
    onProgress: ({ loadedBytes }) => loadedBytes >= HALF && controller.abort(),
  });
  const second = setting.download({ store: stores[1] });
  await failure(first).toEqual(code('aborted'));
  await second;
  await setting.expectWhole();
});

describe('the storage', () => {
  test('whose connections are reset goes on by itself as long as bytes come', async () => {
    let left = 5;
    setting.hub.fault = (asked) => left-- > 0 && cutAfter(20_000)(asked);
    await setting.download();
    await setting.expectWhole();
    expect(setting.hub.fetched.map(({ status }) => status)).toEqual([200, 206, 206, 206, 206, 206]);
  });

  test('that falls silent in the middle is asked anew, from there', async () => {
    setting.hub.fault = once(silentAfter(HALF));
    await setting.download({ stallMs: 300 });
    await setting.expectWhole();
    expect(setting.hub.fetched.at(-1)!.range).toBe(`bytes=${HALF}-`);
  });

  test('that says nothing at all is given up, and what came before is kept', async () => {
    await pauseAt(HALF);
    setting.hub.fault = () => true;
    await failure(setting.download({ stallMs: 300 })).toEqual(code('offline'));
    expect(await setting.store.partialBytes(ID)).toBe(HALF);
  });

  test('that is busy is asked again when it said', async () => {
    setting.hub.fault = once(answerWith(429, { 'retry-after': '0' }));
    await setting.download();
    await setting.expectWhole();
  });

  test('that is busy for too long is not waited for', async () => {
    setting.hub.fault = answerWith(429, { 'retry-after': '600' });
    await failure(setting.download()).toEqual(code('download-failed'));
    setting.hub.fault = answerWith(503, { 'retry-after': '0' });
    setting.hub.fetched.length = 0;
    await failure(setting.download()).toEqual(code('download-failed'));
    expect(setting.hub.fetched).toHaveLength(4);
  });

  test('whose address has expired is asked at a new one the next time', async () => {
    const { expire } = setting.hub;
    setting.hub.fault = once(({ response }) => {
      expire();
      response.removeHeader('content-length');
      response.writeHead(403).end('<Error/>');
      return true;
    });
    await failure(setting.download()).toEqual(code('download-failed'));
    await setting.download();
    await setting.expectWhole();
  });

  test.each([
    ['marked as one', 'text/html; charset=utf-8'],
    ['marked as a file', 'application/octet-stream'],
  ])('in whose place a sign-in page answers, %s, leaves nothing behind', async (_, type) => {
    setting.hub.fault = answerWith(200, { 'content-type': type }, '<!doctype html><title>Welcome to the hotel</title>');
    await failure(setting.download()).toEqual(code('download-failed'));
    await setting.expectNothing();
  });

  test('that knows no ranges is asked for the whole', async () => {
    await pauseAt(HALF);
    setting.hub.fault = answerWith(200, { 'content-type': 'application/octet-stream' }, WEIGHTS);
    await setting.download();
    await setting.expectWhole();
  });

  const turned = Buffer.from(WEIGHTS);
  turned[HALF] ^= 1;
  test.each([
    ['a bit turned', turned],
    ['its end missing', WEIGHTS.subarray(0, HALF)],
    ['a byte too many', Buffer.concat([WEIGHTS, Buffer.alloc(1)])],
    ['another content', Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(WEIGHTS.length - 4)])],
  ])('with %s is asked twice, and then nothing of it stays', async (_, bytes) => {
    setting.hub.replaced.set(FILE, bytes);
    await failure(setting.download()).toEqual(code('model-corrupt'));
    expect(setting.hub.fetched.filter(({ status }) => status === 200)).toHaveLength(2);
    await setting.expectNothing();
    setting.hub.replaced.clear();
    await setting.download();
    await setting.expectWhole();
  });

  test('that mends itself is believed', async () => {
    setting.hub.fault = once(answerWith(200, { 'content-type': 'application/octet-stream' }, turned));
    await setting.download();
    await setting.expectWhole();
  });
});

describe('the hub', () => {
  test('that is not there is said to be so', async () => {
    await setting.hub.close();
    await failure(setting.download()).toEqual(code('offline'));
  });

  test('without the repository or the file is said to have none', async () => {
    await failure(setting.download({ repository: 'no/such' })).toEqual(code('download-failed'));
    await failure(setting.download({ file: 'other.gguf' })).toEqual(code('download-failed'));
    await failure(setting.download({ repository: '../api' })).toEqual(code('download-failed'));
    await failure(setting.download({ endpoint: 'file:///etc' })).toEqual(code('download-failed'));
    await setting.expectNothing();
  });

  test('that states no hash for a file is not asked for it', async () => {
    await failure(setting.download({ file: 'README.md' })).toEqual(code('download-failed'));
    expect(setting.hub.fetched).toEqual([]);
  });

  test('that offers what cannot run is asked for it in vain', async () => {
    await failure(setting.download({ file: 'nonsense.gguf' })).toEqual(code('model-corrupt'));
    expect(setting.hub.sentBytes).toBe(2 * NONSENSE.length);
    await setting.expectNothing();
  });
});

describe('a disk', () => {
  test('that is known to be too full is not written to', async () => {
    const freeBytes = () => Promise.resolve(WEIGHTS.length - 1);
    const detail = `needs ${WEIGHTS.length} bytes, ${WEIGHTS.length - 1} are free`;
    await failure(setting.download({ freeBytes })).toMatchObject({ code: 'storage-full', detail });
    expect(setting.hub.fetched).toEqual([]);
  });

  test('that fills up keeps what has come, and what else is there', async () => {
    await setting.folder.write('other', new Uint8Array(1000));
    setting.folder.capacityBytes = HALF;
    const error: unknown = await setting.download().catch((thrown: unknown) => thrown);
    expect((await setting.folder.sizes()).get('other')).toBe(1000);
    const partialBytes = await setting.store.partialBytes(ID);
    expect(partialBytes).toBeGreaterThan(0);
    // The browser's estimate is of no use then.
    expect(error).toMatchObject({ code: 'storage-full', detail: `needs ${WEIGHTS.length - partialBytes} bytes` });
    setting.folder.capacityBytes = Infinity;
    await setting.download();
    await setting.expectWhole();
    expect(setting.hub.sentBytes).toBeLessThan(1.6 * WEIGHTS.length);
  });
});

describe('by chance, 200 times over, it is here whole or not here', () => {
  /** A busy machine may say nothing for a while. */
  const PATIENT = { stallMs: 30_000 };

  test('with connections reset at any byte', { timeout: 240_000 }, async () => {
    const random = generator(1);
    for (let run = 0; run < 200; run++) {
      let resets = 1 + Math.floor(random() * 4);
      setting.hub.fault = (asked) => resets-- > 0 && cutAfter(Math.floor(random() * asked.body.length))(asked);
      const own = new DiskFolder();
      setting.store = new ModelStore({ folder: own });
      for (let tries = 0; !(await setting.isInstalled()); tries++) {
        expect(tries).toBeLessThan(10);
        await setting.download(PATIENT).catch((error: unknown) => expect(error).toEqual(code('download-failed')));
      }
      await setting.expectWhole();
      own.destroy();
    }
  });

  test('with the process killed at any step', { timeout: 120_000 }, async () => {
    const random = generator(2);
    for (let run = 0; run < 200; run++) {
      const dying = new DiskFolder();
      dying.lifetime = Math.floor(random() * 2 * WEIGHTS.length);
      setting.store = new ModelStore({ folder: dying });
      await setting.download(PATIENT).catch((error: unknown) => expect(String(error)).toContain('killed'));
      const own = new DiskFolder(dying.path);
      setting.store = new ModelStore({ folder: own });
      if (await setting.isInstalled()) await setting.expectWhole();
      await setting.download(PATIENT);
      await setting.expectWhole();
      own.destroy();
    }
  });
});

test('what is aborted before it begins asks for nothing', async () => {
  await failure(setting.download({ signal: AbortSignal.abort() })).toEqual(code('aborted'));
  expect(setting.hub.asked).toEqual([]);
  await failure(setting.store.open({ ...(await downloaded()), id: 'gone' }, forever())).toEqual(code('model-damaged'));
});

async function downloaded() {
  await setting.download();
  return (await setting.store.find(ID))!;
}

/** Locks of browsers, as far as they are asked for here. */
function oneAfterAnother(): Pick<LockManager, 'request'> {
  let tail: Promise<unknown> = Promise.resolve();
  const request = (_name: string, _options: object, run: () => Promise<unknown>) =>
    (tail = tail.catch(() => undefined).then(run));
  return { request } as unknown as LockManager;
}

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
