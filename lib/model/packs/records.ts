// Reads Firefox's records of translation models (Remote Settings), for the hashes that the bucket's index does not state.
import { isObject, isSha256 } from '../download/json.ts';
import type { CataloguePack, Role } from './catalogue.ts';
import { isSize } from './live-index.ts';

const ROLE_OF: Record<string, Role> = {
  model: 'model',
  lex: 'shortlist',
  vocab: 'vocabulary',
  srcvocab: 'vocabulary',
  trgvocab: 'targetVocabulary',
};

interface FileRecord {
  role: Role;
  /** Of all files that belong together: languages, architecture, version. */
  release: string;
  version: string;
  bytes: number;
  sha256: string;
}

/**
 * The pack with the lengths and hashes that records state of files which belong to the very same model: one model's hash is
 * known, and the records of its newest version name the others'. Files that are not found stay as they are.
 */
export function fillFromRecords(pack: CataloguePack, records: unknown): CataloguePack {
  const all =
    isObject(records) && Array.isArray(records.data) ? records.data.flatMap((each) => parseRecord(each) ?? []) : [];
  const newest = all
    .filter(({ role, sha256 }) => role === 'model' && sha256 === pack.files.model.sha256)
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))
    .at(0);
  const found = all.filter(({ release }) => release === newest?.release);
  const files = Object.entries(pack.files).map(([role, file]) => {
    const record = file.sha256 ? undefined : found.find((each) => each.role === role);
    return [role, record ? { ...file, bytes: record.bytes, sha256: record.sha256 } : file];
  });
  return { ...pack, files: Object.fromEntries(files) as CataloguePack['files'] };
}

function parseRecord(record: unknown): FileRecord | null {
  if (!isObject(record)) return null;
  const { fileType, sourceLanguage, targetLanguage, version, architecture } = record;
  const { decompressedHash: sha256, decompressedSize: bytes } = record;
  const role = typeof fileType === 'string' && Object.hasOwn(ROLE_OF, fileType) ? ROLE_OF[fileType] : undefined;
  if (!role || typeof version !== 'string' || !isSha256(sha256) || !isSize(bytes)) return null;
  return {
    role,
    release: JSON.stringify([sourceLanguage, targetLanguage, architecture, version]),
    version,
    bytes,
    sha256,
  };
}
