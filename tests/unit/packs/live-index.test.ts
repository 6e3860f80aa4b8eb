import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../../../lib/model/packs/catalogue.ts';
import { findInIndex } from '../../../lib/model/packs/live-index.ts';
import { fillFromRecords } from '../../../lib/model/packs/records.ts';

const EN_TO_PT = { from: 'en', to: 'pt' };
const hash = (digit: string) => digit.repeat(64);

/** A record in the form of the bucket's `db/models.json` of March 2026. */
function record(architecture: string, releaseStatus: string | null, run: string, sha256 = hash('a')) {
  const file = (name: string) => ({ path: `models/en-pt/${run}/exported/${name}.gz` });
  return {
    architecture,
    files: {
      lexicalShortlist: file('lex.50.50.enpt.s2t.bin'),
      model: { ...file('model.enpt.intgemm.alphas.bin'), uncompressedHash: sha256, uncompressedSize: 31561787 },
      vocab: file('vocab.enpt.spm'),
    },
    metrics: { 'flores200-plus': { chrf: 71.9 } },
    releaseStatus,
    sourceLanguage: 'en',
    targetLanguage: 'pt',
  };
}

const indexOf = (...records: unknown[]) => ({ generated: '2026-03-29T00:37:49Z', models: { 'en-pt': records } });
const runOf = (index: unknown) => findInIndex(index, EN_TO_PT)?.files.model.path.split('/')[2];

describe('the index', () => {
  test('names the files of a direction, with the hash of the model', () => {
    expect(findInIndex(indexOf(record('base-memory', 'Release', 'run')), EN_TO_PT)).toEqual({
      pair: EN_TO_PT,
      architecture: 'base-memory',
      files: {
        model: {
          path: 'models/en-pt/run/exported/model.enpt.intgemm.alphas.bin.gz',
          compressedBytes: 0,
          bytes: 31561787,
          sha256: hash('a'),
        },
        shortlist: { path: 'models/en-pt/run/exported/lex.50.50.enpt.s2t.bin.gz', compressedBytes: 0 },
        vocabulary: { path: 'models/en-pt/run/exported/vocab.enpt.spm.gz', compressedBytes: 0 },
      },
    });
  });

  test('prefers what Firefox ships, then the smaller of two that are as good', () => {
    const released = record('tiny', 'Release', 'released');
    expect(runOf(indexOf(record('base', null, 'a'), released, record('base-memory', 'Nightly', 'b')))).toBe('released');
    expect(runOf(indexOf(record('base', 'Release Desktop', 'a'), record('base-memory', 'Release Android', 'b')))).toBe(
      'b',
    );
    expect(runOf(indexOf(record('tiny', null, 'a'), record('base-memory', null, 'b')))).toBe('b');
  });

  test('finds a language whose tag it spells otherwise, and its two vocabularies', () => {
    const { vocab, ...files } = record('base-memory', 'Release', 'run').files;
    const split = { ...files, srcVocab: vocab, trgVocab: { path: 'models/en-zh_hant/run/exported/trgvocab.spm.gz' } };
    const index = indexOf({ ...record('base-memory', 'Release', 'run'), targetLanguage: 'zh_hant', files: split });
    const pack = findInIndex(index, { from: 'en', to: 'zh-Hant' });
    expect(pack?.files.vocabulary.path).toBe(vocab.path);
    expect(pack?.files.targetVocabulary?.path).toBe('models/en-zh_hant/run/exported/trgvocab.spm.gz');
  });

  const good = record('tiny', 'Nightly', 'good');
  const withModel = (model: object) => ({ ...record('tiny', 'Release', 'bad'), files: { ...good.files, model } });
  test.each([
    ['null', null],
    ['a number', 7],
    ['no files', { ...good, releaseStatus: 'Release', files: undefined }],
    ['no shortlist', { ...good, releaseStatus: 'Release', files: { ...good.files, lexicalShortlist: {} } }],
    [
      'half of two vocabularies',
      { ...good, releaseStatus: 'Release', files: { ...good.files, vocab: undefined, srcVocab: good.files.vocab } },
    ],
    ['an unknown architecture', record('huge', 'Release', 'bad')],
    ['no hash', withModel({ ...good.files.model, uncompressedHash: undefined })],
    ['a hash that is none', withModel({ ...good.files.model, uncompressedHash: 'A'.repeat(64) })],
    ['an absurd size', withModel({ ...good.files.model, uncompressedSize: 1e12 })],
    ['a path that leads out', withModel({ ...good.files.model, path: 'models/../../elsewhere.gz' })],
    ['an address in place of a path', withModel({ ...good.files.model, path: 'https://elsewhere.example/model.gz' })],
  ])('loses a record with %s, and nothing else', (_, broken) => {
    expect(runOf(indexOf(broken, good))).toBe('good');
    expect(runOf({ models: { 'en-pt': [broken], other: [good], third: 'x' } })).toBe('good');
  });

  test.each([undefined, null, [], 'models', { models: [] }, { models: { 'en-pt': {} } }])(
    'of %j has nothing',
    (index) => expect(findInIndex(index, EN_TO_PT)).toBeUndefined(),
  );
});

describe("Firefox's records", () => {
  const pack = CATALOGUE.get('en-zh')!;
  const release = (version: string, digit: string, model = pack.files.model.sha256) =>
    ['model', 'lex', 'srcvocab', 'trgvocab'].map((fileType) => ({
      fileType,
      sourceLanguage: 'en',
      targetLanguage: 'zh-Hans',
      architecture: 'base-memory',
      version,
      decompressedHash: fileType === 'model' ? model : hash(digit),
      decompressedSize: 1000,
      attachment: { hash: hash('f') },
    }));
  const filled = (...data: unknown[]) => fillFromRecords(pack, { data }).files;

  test('state the other hashes of the release that has this very model, the newest where there are several', () => {
    const files = filled(
      ...release('9.0', '1'),
      ...release('10.0', '2'),
      ...release('2.0a1', '3'),
      ...release('11.0', '4', hash('b')),
    );
    expect(files.shortlist).toEqual({ ...pack.files.shortlist, bytes: 1000, sha256: hash('2') });
    expect(files.targetVocabulary?.sha256).toBe(hash('2'));
    expect(files.model).toEqual(pack.files.model);
  });

  test('that are broken fall out alone', () => {
    const broken = [
      null,
      3,
      {},
      { ...release('99.0', '5')[0], version: 4 },
      { ...release('99.0', '5')[0], fileType: 'toString' },
    ];
    expect(filled(...broken, ...release('1.0', '2')).shortlist.sha256).toBe(hash('2'));
  });

  test.each([undefined, null, 'x', { data: {} }, { data: [] }])('of %j change nothing', (records) =>
    expect(fillFromRecords(pack, records)).toEqual(pack),
  );
});
