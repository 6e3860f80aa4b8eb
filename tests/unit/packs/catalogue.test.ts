import { expect, test } from 'vitest';
import { CATALOGUE, downloadBytes, pairName, route } from '../../../lib/model/packs/catalogue.ts';

const names = (from: string, to: string) => route({ from, to }).map(pairName);

test('a hundred directions, each with its files, sizes and hashes in the form that they must have', () => {
  expect(CATALOGUE.size).toBe(100);
  for (const [name, { pair, files }] of CATALOGUE) {
    expect(pairName(pair)).toBe(name);
    expect([pair.from, pair.to]).toContain('en');
    expect(files.model).toMatchObject({
      bytes: expect.any(Number) as number,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    for (const file of Object.values(files)) {
      expect(file.path).toMatch(/^models\/[a-z_]+-[a-z_]+\/[\w-]+\/exported\/[\w.]+\.gz$/);
      expect(file.compressedBytes).toBeGreaterThan(200_000);
      if (file.bytes) expect(file.bytes).toBeGreaterThan(file.compressedBytes);
      if (file.sha256) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  }
});

test('nearly all files have their hash here, so nothing but the files is asked for', () => {
  const known = [...CATALOGUE.values()].filter(({ files }) => Object.values(files).every(({ sha256 }) => sha256));
  expect(known.length).toBe(88);
});

test('a shortlist has the length of one', () => {
  for (const { files } of CATALOGUE.values()) {
    // 48 bytes, then 8 for an offset and 4 for an entry (lib/model/marian).
    if (files.shortlist.bytes) expect((files.shortlist.bytes - 48) % 4).toBe(0);
  }
});

test('no two directions have the same model', () => {
  const hashes = [...CATALOGUE.values()].map(({ files }) => files.model.sha256);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the paths are those of the bucket', () => {
  expect(CATALOGUE.get('en-fr')?.files.vocabulary.path).toBe(
    'models/en-fr/retrain_hr_NLIxDbE1TBGyOTI-zwZagw/exported/vocab.enfr.spm.gz',
  );
  expect(CATALOGUE.get('zh-Hant-en')?.files.targetVocabulary?.path).toBe(
    'models/zh_hant-en/zh_hant_openlid_zh_tw_lr0002_WJi5Ozi7SZWC6hgfD5GhTA/exported/trgvocab.zh_hanten.spm.gz',
  );
});

test('the sizes are what a reader is told', () => {
  expect(downloadBytes(CATALOGUE.get('en-fr')!)).toBe(23045432 + 2297334 + 409706);
  expect(downloadBytes(CATALOGUE.get('en-ja')!)).toBe(33052218 + 2341409 + 404352 + 431278);
});

test.each([
  ['en', 'pt', ['en-pt']],
  ['pt-BR', 'en-GB', ['pt-en']],
  ['de', 'fr', ['de-en', 'en-fr']],
  ['zh-TW', 'en', ['zh-Hant-en']],
  ['zh-CN', 'zh-Hant', ['zh-en', 'en-zh-Hant']],
  ['en', 'zh', ['en-zh']],
  ['iw', 'no', ['he-en', 'en-nb']],
  ['be', 'uk', ['be-en', 'en-uk']],
])('from %s to %s by %j', (from, to, way) => expect(names(from, to)).toEqual(way));

test.each([
  ['en', 'be'], // from Belarusian only
  ['fr', 'nn'],
  ['en', 'tlh'],
  ['la', 'en'],
  ['en', 'en-US'],
  ['', 'en'],
  ['not a tag', 'en'],
])('from %s to %s there is no way, said at once', (from, to) =>
  expect(() => route({ from, to })).toThrow(expect.objectContaining({ code: 'no-such-pair' })),
);
