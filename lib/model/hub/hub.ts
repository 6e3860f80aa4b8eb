// The Hugging Face hub, or a server that speaks as it does: what a repository holds, with the length and hash that the hub itself
// states for each file, at one commit. Nothing is downloaded that it does not state a hash for.
import { AppError } from '../../errors.ts';
import { isObject, isSha1, isSha256 } from '../download/json.ts';
import { requestJson, type Connection } from '../download/request.ts';

export const HUB = 'https://huggingface.co';

export interface HubFile {
  path: string;
  bytes: number;
  /** The LFS object id; null for files outside of it. */
  sha256: string | null;
  /** Of a file outside of it: git's object id, a SHA-1 of `blob <bytes>\0` and the content. */
  gitSha1?: string;
}

export interface HubRepository {
  /** `owner/name` */
  name: string;
  /** What the listing is of: the same for all downloads from it. */
  commit: string;
  /** As the repository's card says it, '' where it does not. */
  licence: string;
  /** BCP 47 primary subtags, as the card says. */
  languages: string[];
  files: HubFile[];
}

const NAME = /^[\w.-]{1,96}\/[\w.-]{1,96}$/;
const MAX_BYTES = 16 << 20;

/** `owner/name` out of what a reader types or pastes, an address too; null where it is none. */
export function parseRepositoryName(text: string): string | null {
  const path = text.trim().replace(/^(https?:\/\/[^/]+\/|hf\.co\/)/, '');
  const name = path.split('/').slice(0, 2).join('/');
  return NAME.test(name) && !name.includes('..') ? name : null;
}

/** The hub's base address without a slash at its end; '' is the usual one. Throws `download-failed` for what is no address. */
export function hubAddress(endpoint: string): string {
  if (!endpoint) return HUB;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new AppError('download-failed', 'the hub is not a web address');
  return url.href.replace(/\/+$/, '');
}

/** Throws as `request` does, and `download-failed` where the answer is not a hub's. */
export async function readRepository(name: string, endpoint: string, connection: Connection): Promise<HubRepository> {
  if (!NAME.test(name)) throw new AppError('download-failed', `${name} is not the name of a repository`);
  const address = `${hubAddress(endpoint)}/api/models/${name}`;
  const info = await requestJson(address, MAX_BYTES, connection);
  const commit = isObject(info) ? info.sha : undefined;
  if (!isObject(info) || typeof commit !== 'string' || !/^[0-9a-f]{40}$/.test(commit)) {
    throw new AppError('download-failed', `${address}: not the answer of a hub`);
  }
  const tree = await requestJson(`${address}/tree/${commit}?recursive=true`, MAX_BYTES, connection);
  if (!Array.isArray(tree)) throw new AppError('download-failed', `${address}: not the listing of a hub`);
  const card = isObject(info.cardData) ? info.cardData : {};
  return {
    name,
    commit,
    licence: typeof card.license === 'string' ? card.license : '',
    languages: [card.language].flat().filter(isLanguage),
    files: tree.flatMap((each) => parseFile(each) ?? []),
  };
}

/** Where a file of that commit lies; the hub redirects to an address that expires, so every download begins here. */
export function fileAddress({ name, commit }: Pick<HubRepository, 'name' | 'commit'>, path: string, endpoint: string) {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `${hubAddress(endpoint)}/${name}/resolve/${commit}/${encoded}`;
}

function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,3}$/.test(value);
}

function parseFile(value: unknown): HubFile | null {
  if (!isObject(value) || value.type !== 'file' || typeof value.path !== 'string') return null;
  const { size, oid } = isObject(value.lfs) ? value.lfs : { size: value.size, oid: null };
  if (!Number.isSafeInteger(size) || (size as number) <= 0) return null;
  const known = isSha256(oid) ? { sha256: oid } : { sha256: null, ...(isSha1(value.oid) && { gitSha1: value.oid }) };
  return { path: value.path, bytes: size as number, ...known };
}
