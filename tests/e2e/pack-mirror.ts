// A mirror of the language packs on this machine. What it calls English to Spanish, and to Catalan, is the packaged English to
// Portuguese: a real pack, at paths that the packaged snapshot does not know, so the mirror's own index is what tells of it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';
import { openBucket, type Bucket } from '../fakes/bucket.ts';

const MODELS = resolve(import.meta.dirname, '../../.cache/models');
const FOLDER = 'models/en-es/newer/exported';

export interface Mirror extends Bucket {
  /** Path of the largest file, the first that is downloaded. */
  model: string;
  /** All paths, in the order in which they are downloaded. */
  paths: string[];
}

export async function openMirror(): Promise<Mirror> {
  const { model, shortlist, vocabulary } = PACKAGED_PACKS.find(({ pair }) => pair.from === 'en')!.files;
  const files = { model, lexicalShortlist: shortlist, vocab: vocabulary };
  const bucket = await openBucket(
    new Map(Object.values(files).map(({ name }) => [pathOf(name), { compressed: gzipSync(read(name)) }])),
  );
  const indexed = Object.entries(files).map(([kind, file]) => [kind, indexOf(file)]);
  const record = { sourceLanguage: 'en', architecture: 'tiny', releaseStatus: 'Release' };
  const models = ['es', 'ca'].map((targetLanguage) => [
    `en-${targetLanguage}`,
    [{ ...record, targetLanguage, files: Object.fromEntries(indexed) as object }],
  ]);
  bucket.documents.set('db/models.json', JSON.stringify({ models: Object.fromEntries(models) as object }));
  return Object.assign(bucket, { model: pathOf(model.name), paths: [...bucket.files.keys()] });
}

/** The model as it is but for one byte, compressed. */
export function modelWithOneByteWrong(): Buffer {
  const bytes = read(PACKAGED_PACKS.find(({ pair }) => pair.from === 'en')!.files.model.name);
  bytes[bytes.length >> 1] ^= 1;
  return gzipSync(bytes);
}

function indexOf({ name, bytes, sha256 }: ModelFile): object {
  return { path: pathOf(name), uncompressedSize: bytes, uncompressedHash: sha256 };
}

function pathOf(name: string): string {
  return `${FOLDER}/${name.replace('enpt', 'enes')}.gz`;
}

function read(name: string): Buffer {
  return readFileSync(resolve(MODELS, name));
}
