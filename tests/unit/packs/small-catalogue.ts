// A catalogue of small packs, in the place of the packaged snapshot: what they hold is always the same.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface TestFile {
  bytes: Buffer;
  compressed: Buffer;
  sha256: string;
}

/** Noise, which gzip cannot make smaller, and some that it can; begins as Marian's files do. */
export function testFile(seed: string, size: number): TestFile {
  const parts: Buffer[] = [];
  for (let i = 0, length = 0; length < size; i++, length += 64) {
    parts.push(createHash('sha256').update(`${seed} ${i}`).digest(), Buffer.alloc(32, i));
  }
  const bytes = Buffer.concat([Buffer.from([1]), ...parts]).subarray(0, size);
  return { bytes, compressed: gzipSync(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A pack's files, in the order of the snapshot's columns, by the path that the bucket gives them. */
function testPack(pair: string, modelBytes: number, splitVocabularies = false): [string, TestFile][] {
  const letters = pair.replace('-', '');
  const sizes: [string, number][] = [
    [`model.${letters}.intgemm.alphas.bin`, modelBytes],
    [`lex.50.50.${letters}.s2t.bin`, modelBytes / 5],
    [`${splitVocabularies ? 'srcvocab' : 'vocab'}.${letters}.spm`, modelBytes / 10],
  ];
  if (splitVocabularies) sizes.push([`trgvocab.${letters}.spm`, modelBytes / 10]);
  return sizes.map(([name, size]) => [`models/${pair}/run/exported/${name}.gz`, testFile(name, size)]);
}

export const EN_FR = testPack('en-fr', 200_000);
export const DE_EN = testPack('de-en', 30_000);
/** Of whose shortlist and vocabulary the snapshot knows no hash. */
export const EN_DE = testPack('en-de', 30_000);
export const EN_JA = testPack('en-ja', 30_000, true);

export const FILES = new Map([...EN_FR, ...DE_EN, ...EN_DE, ...EN_JA]);

/** As snapshot.ts has it. */
export const SNAPSHOT = [
  line('en-fr', EN_FR, true),
  line('de-en', DE_EN, true),
  line('en-de', EN_DE, false),
  line('en-ja', EN_JA, true),
].join('\n');

function line(pair: string, pack: [string, TestFile][], hashed: boolean): string {
  const columns = pack.map(([, { bytes, compressed, sha256 }], i) =>
    [compressed.length, ...(hashed || i === 0 ? [bytes.length, sha256] : ['?', '?'])].join('/'),
  );
  return [pair, 'tiny', 'run', ...columns].join(' ');
}

/** As Firefox's records describe a pack. */
export function recordsOf(pair: string, pack: [string, TestFile][]): object[] {
  const [sourceLanguage, targetLanguage] = pair.split('-');
  return pack.map(([, { bytes, sha256 }], i) => ({
    fileType: ['model', 'lex', 'vocab'][i],
    sourceLanguage,
    targetLanguage,
    version: '3.0',
    architecture: 'tiny',
    decompressedHash: sha256,
    decompressedSize: bytes.length,
  }));
}
