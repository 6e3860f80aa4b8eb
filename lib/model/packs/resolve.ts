// Which files a direction needs, with a length and a hash for every one. A file whose hash nobody states is not downloaded: what
// cannot be verified is not used.
import { AppError } from '../../errors.ts';
import type { LanguagePair } from '../../protocol.ts';
import type { ModelFile } from '../catalog.ts';
import { CATALOGUE, pairName, ROLES, type CatalogueFile, type CataloguePack, type Role } from './catalogue.ts';
import { findInIndex } from './live-index.ts';
import { fillFromRecords } from './records.ts';
import { requestJson, type Connection } from '../download/request.ts';
import { RECORDS_URL } from './server.ts';

/** A file to download: `name` is its address. */
export interface RemoteFile extends ModelFile {
  role: Role;
  /** 0 where not known. */
  compressedBytes: number;
}

const INDEX_MAX_BYTES = 8 << 20;
const RECORDS_MAX_BYTES = 32 << 20;

/**
 * The files of the catalogue's snapshot; `live`: those of the server's index of today. Throws `download-failed` where one has no
 * hash, and as `request` does.
 */
export async function resolvePack(
  pair: LanguagePair,
  base: string,
  from: 'snapshot' | 'live',
  connection: Connection,
): Promise<RemoteFile[]> {
  let pack = from === 'snapshot' ? CATALOGUE.get(pairName(pair)) : await readIndex(pair, base, connection);
  if (!pack) throw new AppError('download-failed', `${pairName(pair)} is not in the index`);
  if (!isKnown(pack)) pack = fillFromRecords(pack, await requestJson(RECORDS_URL, RECORDS_MAX_BYTES, connection));
  return ROLES.flatMap((role) => remoteFile(role, pack.files[role], base) ?? []);
}

async function readIndex(pair: LanguagePair, base: string, connection: Connection): Promise<CataloguePack | undefined> {
  return findInIndex(await requestJson(`${base}db/models.json`, INDEX_MAX_BYTES, connection), pair);
}

function isKnown({ files }: CataloguePack): boolean {
  return Object.values(files).every(({ sha256 }) => sha256);
}

function remoteFile(role: Role, file: CatalogueFile | undefined, base: string): RemoteFile | null {
  if (!file) return null;
  const { path, compressedBytes, bytes, sha256 } = file;
  if (!bytes || !sha256) throw new AppError('download-failed', `nobody states the hash of ${path}`);
  return { role, name: `${base}${path}`, compressedBytes, bytes, sha256 };
}
