// What a server may answer in place of what was asked for: whatever it is, a pack is there verified, or it is not there.
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { forever } from '../../fakes/events.ts';
import { cutAfter, on, once, type Fault } from '../../fakes/bucket.ts';
import { code, EN_TO_FR, failure, MODEL, MODEL_GZ, Setting } from './setting.ts';
import { DE_EN, EN_DE, EN_FR, FILES, recordsOf } from './small-catalogue.ts';

vi.mock('../../../lib/model/packs/snapshot.ts', () => import('./small-catalogue.ts'));

const setting = new Setting();

describe('a server', () => {
  const partly = async () => {
    setting.bucket.fault = on(MODEL, (asked) => cutAfter(asked.request.headers.range ? 0 : 60_000)(asked));
    await failure(setting.download()).toEqual(code('download-failed'));
    setting.bucket.fault = null;
    setting.bucket.asked.length = 0;
  };

  test('that knows no ranges is asked for the whole', async () => {
    await partly();
    setting.bucket.fault = ({ path, response }) => {
      response.removeHeader('content-range');
      const whole = FILES.get(path)!.compressed;
      response.writeHead(200, { 'content-length': whole.length }).end(whole);
      return true;
    };
    await setting.download();
    await setting.expectWhole();
  });

  test('whose file has changed sends the whole, as its tag says', async () => {
    await partly();
    setting.bucket.fault = on(MODEL, ({ request, response }) => {
      expect(request.headers['if-range']).toMatch(/^"/);
      response.removeHeader('content-range');
      response.writeHead(200, { etag: '"another"', 'content-length': MODEL_GZ.length }).end(MODEL_GZ);
      return true;
    });
    await setting.download();
    await setting.expectWhole();
  });

  test.each([
    ['versions', 'if-range', { path: MODEL, range: expect.stringMatching(/^bytes=\d+-$/) as string }],
    ['ranges', 'range', { path: MODEL }],
  ])('that does not let the browser ask for %s is asked without', async (_, header, asked) => {
    await partly();
    setting.bucket.fault = ({ request, response }) => header in request.headers && Boolean(response.destroy());
    await setting.download();
    await setting.expectWhole();
    expect(setting.bucket.asked.filter(({ path }) => path === MODEL).at(-1)).toEqual(asked);
  });

  test('that says nothing is waited for once, not in every way', async () => {
    await partly();
    setting.bucket.fault = () => true;
    await failure(setting.download(EN_TO_FR, { stallMs: 300 })).toEqual(code('offline'));
    expect(setting.bucket.asked).toHaveLength(1);
  });

  test('that sends another part than was asked for is not believed', async () => {
    await partly();
    setting.bucket.fault = once(
      on(MODEL, ({ response }) => {
        response.setHeader('content-range', `bytes 0-${MODEL_GZ.length - 1}/${MODEL_GZ.length}`);
        response.writeHead(206, { 'content-length': MODEL_GZ.length }).end(MODEL_GZ);
        return true;
      }),
    );
    await failure(setting.download()).toEqual(code('download-failed'));
    await setting.download();
    await setting.expectWhole();
  });

  test('that says there is nothing behind what is here is taken at its word, and the hash decides', async () => {
    await partly();
    await setting.folder.append('en-fr.model.gz').then((file) => {
      file.write(MODEL_GZ.subarray(setting.folder.sizeOf('en-fr.model.gz')));
      file.close();
    });
    await setting.download();
    await setting.expectWhole();
    expect(setting.bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(1);
  });

  test.each([
    ['says so', fetch],
    // Across origins the header is not shown.
    [
      'does not say so',
      async (...asked: Parameters<typeof fetch>) => hiding('content-encoding', await fetch(...asked)),
    ],
  ])(
    'that compresses for the way only, and %s, is understood: the browser has decompressed already',
    async (_, fetch) => {
      setting.bucket.fault = ({ response, body }) => {
        response.setHeader('content-encoding', 'gzip');
        response.end(body);
        return true;
      };
      await setting.download(EN_TO_FR, { fetch });
      await setting.expectWhole();
    },
  );

  test.each([
    ['marked as one', 'text/html; charset=utf-8'],
    ['marked as a file', 'application/gzip'],
  ])('that is none but a sign-in page, %s, leaves nothing behind', async (_, type) => {
    setting.bucket.fault = ({ response }) => {
      response.removeHeader('content-length');
      response.writeHead(200, { 'content-type': type }).end('<!doctype html><title>Welcome to the hotel</title>');
      return true;
    };
    await failure(setting.download()).toEqual(code('download-failed'));
    expect(await setting.stateOf()).toBe('available');
    setting.bucket.fault = null;
    await setting.download();
    await setting.expectWhole();
  });

  test('that fails is said so', async () => {
    setting.bucket.fault = ({ response }) => {
      response.removeHeader('content-length');
      response.writeHead(503).end();
      return true;
    };
    await failure(setting.download()).toEqual(code('download-failed'));
    expect(await setting.stateOf()).toBe('available');
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
    setting.bucket.fault = once(served(MODEL, compressed));
    await setting.download();
    await setting.expectWhole();
    expect(setting.bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(2);
  });

  test.each(bad)('%s for the second time is an error, and nothing of it stays', async (_, compressed) => {
    setting.bucket.fault = served(MODEL, compressed);
    await failure(setting.download()).toEqual(code('model-corrupt'));
    expect(setting.bucket.asked.filter(({ path }) => path === MODEL)).toHaveLength(2);
    expect([...(await setting.folder.sizes()).keys()]).toEqual([]);
    await failure(setting.store.read(EN_TO_FR, forever())).toEqual(code('pack-missing'));
  });

  test('that moved is found by the index of today', async () => {
    const moved = [EN_FR[0][1], EN_FR[1][1], EN_FR[2][1]].map((file, i) => [`models/en-fr/new/${i}.gz`, file] as const);
    for (const [path, file] of moved) setting.bucket.files.set(path, file);
    for (const [path] of EN_FR) setting.bucket.files.delete(path);
    setting.bucket.documents.set(
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
    await setting.download();
    await setting.expectWhole();
  });

  test('that is nowhere any more is said to be so', async () => {
    setting.bucket.files.clear();
    setting.bucket.documents.set('db/models.json', '{"models":{"en-fr":[{"broken":true}]}}');
    await failure(setting.download()).toEqual(code('download-failed'));
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
    setting.bucket.documents.set(
      'records',
      JSON.stringify({ data: [...other, null, {}, ...recordsOf('en-de', EN_DE)] }),
    );
    await setting.download(EN_TO_DE);
    await setting.expectWhole(EN_TO_DE, EN_DE);
  });

  test.each([
    ['records without it', '{"data":[]}'],
    ['records that are none', 'oops'],
    ['records of another model', JSON.stringify({ data: recordsOf('en-de', DE_EN) })],
  ])('is not downloaded on %s', async (_, records) => {
    setting.bucket.documents.set('records', records);
    await failure(setting.download(EN_TO_DE)).toEqual(code('download-failed'));
    expect(setting.bucket.asked.map(({ path }) => path)).toEqual(['records']);
  });
});

function hiding(name: string, { body, status, headers }: Response): Response {
  return new Response(body, { status, headers: [...headers].filter(([each]) => each !== name) });
}
