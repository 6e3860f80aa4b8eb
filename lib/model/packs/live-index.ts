// Reads the bucket's own index (`db/models.json`), as it is today. What it does not understand falls out alone.
import type { LanguagePair } from '../../protocol.ts';
import { isObject, isSha256 } from '../download/json.ts';
import { fromBucketTag, type CatalogueFile, type CataloguePack } from './catalogue.ts';

/** The best record for a direction, undefined where there is none. The index states the hash of models, seldom that of the rest. */
export function findInIndex(index: unknown, pair: LanguagePair): CataloguePack | undefined {
  const lists = isObject(index) && isObject(index.models) ? Object.values(index.models) : [];
  return lists
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .flatMap((record) => parseRecord(record) ?? [])
    .filter(({ pack }) => pack.pair.from === pair.from && pack.pair.to === pair.to)
    .sort((a, b) => a.rank - b.rank)[0]?.pack;
}

/** What Firefox ships comes first, among that what is smaller at the same quality, as measured by Mozilla (`metrics`). */
const RELEASES = ['Release', 'Release Android', 'Release Desktop', 'Beta', 'Nightly'];
const ARCHITECTURES = ['base-memory', 'base', 'tiny'];

function parseRecord(record: unknown): { pack: CataloguePack; rank: number } | null {
  if (!isObject(record) || !isObject(record.files)) return null;
  const { sourceLanguage, targetLanguage, architecture, releaseStatus, files } = record;
  if (typeof sourceLanguage !== 'string' || typeof targetLanguage !== 'string') return null;
  const release = RELEASES.indexOf(String(releaseStatus));
  const size = ARCHITECTURES.indexOf(String(architecture));
  const model = parseFile(files.model);
  const shortlist = parseFile(files.lexicalShortlist);
  const vocabulary = parseFile(files.vocab) ?? parseFile(files.srcVocab);
  const targetVocabulary = files.vocab ? undefined : parseFile(files.trgVocab);
  // An architecture of another name may need another graph.
  if (size < 0 || !model?.sha256 || !shortlist || !vocabulary || (!files.vocab && !targetVocabulary)) return null;
  return {
    pack: {
      pair: { from: fromBucketTag(sourceLanguage), to: fromBucketTag(targetLanguage) },
      architecture: ARCHITECTURES[size],
      files: { model, shortlist, vocabulary, ...(targetVocabulary && { targetVocabulary }) },
    },
    rank: (release < 0 ? RELEASES.length : release) * ARCHITECTURES.length + size,
  };
}

function parseFile(file: unknown): CatalogueFile | undefined {
  if (!isObject(file) || typeof file.path !== 'string' || !/^(?!.*\.\.)[\w-][\w./-]*\.gz$/.test(file.path))
    return undefined;
  const { path, uncompressedSize: bytes, uncompressedHash: sha256 } = file;
  const known = isSize(bytes) && isSha256(sha256) ? { bytes, sha256 } : {};
  return { path, compressedBytes: 0, ...known };
}

/** Of a file that may be downloaded and held in memory. */
export function isSize(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 28;
}
