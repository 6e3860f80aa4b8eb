import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSnapshot } from '../../../scripts/packs/snapshot.ts';
import { openBucket, type Bucket } from '../../fakes/bucket.ts';
import { DE_EN, EN_DE, EN_FR, EN_JA, FILES, recordsOf, SNAPSHOT, type TestFile } from './small-catalogue.ts';

let bucket: Bucket;
beforeEach(async () => (bucket = await openBucket(FILES)));
afterEach(() => bucket.close());

const ROLES = ['model', 'lexicalShortlist', 'vocab'];
const SPLIT_ROLES = ['model', 'lexicalShortlist', 'srcVocab', 'trgVocab'];

/** As the bucket's index describes a pack: with the hash of the model only. */
function indexed(pair: string, pack: [string, TestFile][]) {
  const [sourceLanguage, targetLanguage] = pair.split('-');
  const [, model] = pack[0];
  const files = pack.map(([path], i) => [
    (pack.length === 4 ? SPLIT_ROLES : ROLES)[i],
    i === 0 ? { path, uncompressedHash: model.sha256, uncompressedSize: model.bytes.length } : { path },
  ]);
  const record = { sourceLanguage, targetLanguage, architecture: 'tiny', releaseStatus: 'Release' };
  return [pair, [{ ...record, files: Object.fromEntries(files) as object }]];
}

test('the snapshot of a bucket is what the catalogue reads', async () => {
  const models = [indexed('en-fr', EN_FR), indexed('de-en', DE_EN), indexed('en-de', EN_DE), ['en-xx', [{}]]];
  bucket.documents.set(
    'db/models.json',
    JSON.stringify({ generated: '2026-03-29T00:37:49Z', models: Object.fromEntries(models) as object }),
  );
  const records = [...recordsOf('en-fr', EN_FR), ...recordsOf('de-en', DE_EN)];
  bucket.documents.set('records', JSON.stringify({ data: records }));
  const missing: string[] = [];
  const text = await makeSnapshot(bucket.url, `${bucket.url}records`, (pair) => missing.push(pair));
  const lines = /`\n([^`]*)\n`/.exec(text)![1].split('\n');
  expect(lines.sort()).toEqual(
    SNAPSHOT.split('\n')
      .filter((line) => !line.startsWith('en-ja'))
      .sort(),
  );
  expect(text).toContain('2026-03-29');
  expect(missing).toEqual(['en-xx']);
});

test('a pack whose files are not there is left out', async () => {
  bucket.documents.set(
    'db/models.json',
    JSON.stringify({ generated: '', models: Object.fromEntries([indexed('en-ja', EN_JA)]) as object }),
  );
  bucket.documents.set('records', '{"data":[]}');
  bucket.files.delete(EN_JA[2][0]);
  const missing: string[] = [];
  const text = await makeSnapshot(bucket.url, `${bucket.url}records`, (pair) => missing.push(pair));
  expect(missing).toEqual(['en-ja']);
  expect(text).not.toContain('en-ja');
});
