// The entry of an installed model: written when all of it is here and verified, read back by a total check.
import type { CatalogEntry, ModelFile, Origin } from '../catalog.ts';
import { CATALOG } from '../catalog.ts';
import { isObject, isSha256 } from '../download/json.ts';

/** Of a file of the hub, as the catalog knows it; else one that says no more than what the file is. */
export function entryOf(repository: string, file: string): CatalogEntry {
  const known = CATALOG.find(
    ({ origin }) => origin.kind === 'hub' && origin.repository === repository && origin.file === file,
  );
  return known ?? unknownEntry(`${repository}/${file}`, nameOf(file), { kind: 'hub', repository, file });
}

/** A model of which nobody has said what it can do: it writes where it is asked to, and chooses sentences where it is not. */
export function unknownEntry(id: string, name: string, origin: Origin): CatalogEntry {
  return {
    id,
    name,
    licence: '',
    origin,
    weights: { name: origin.kind === 'hub' ? origin.file : name, bytes: 0, sha256: '' },
    languages: ['en'],
    contextWindow: 2048,
    methods: { summarize: 'selects', rewrite: 'composes', chat: 'selects' },
    measured: false,
  };
}

/** No more than the model was trained for, as its file says; 0 where it does not. */
export function withinContext(entry: CatalogEntry, contextLength: number): CatalogEntry {
  return contextLength > 0 ? { ...entry, contextWindow: Math.min(entry.contextWindow, contextLength) } : entry;
}

/** What a file name says of a model: `gemma-3-270m-it-Q4_K_M.gguf` is "gemma 3 270m it Q4_K_M". */
export function nameOf(file: string): string {
  const stem = file
    .split('/')
    .at(-1)!
    .replace(/\.gguf$/i, '');
  return stem.replace(/(?<!\d)[-.](?!\d)|-/g, ' ').trim() || file;
}

/** Null for anything that is no entry. Of a model of the catalog only the weights are taken: the catalog may know better by now. */
export function parseEntry(value: unknown): CatalogEntry | null {
  if (!isObject(value) || !isFile(value.weights)) return null;
  const known = CATALOG.find(({ id }) => id === value.id);
  if (known) return { ...known, weights: value.weights };
  return isEntry(value) ? value : null;
}

function isFile(value: unknown): value is ModelFile {
  const { name, bytes, sha256 } = isObject(value) ? value : {};
  return typeof name === 'string' && Number.isSafeInteger(bytes) && (bytes as number) > 0 && isSha256(sha256);
}

const METHODS = ['selects', 'composes'];

function isEntry(value: Record<string, unknown>): value is Record<string, unknown> & CatalogEntry {
  const { id, name, licence, languages, contextWindow, methods, origin, measured } = value;
  return (
    [id, name, licence].every((text) => typeof text === 'string') &&
    Array.isArray(languages) &&
    languages.every((each) => typeof each === 'string') &&
    Number.isSafeInteger(contextWindow) &&
    isObject(methods) &&
    [methods.summarize, methods.rewrite, methods.chat].every((each) => METHODS.includes(each as string)) &&
    isOrigin(origin) &&
    typeof measured === 'boolean'
  );
}

function isOrigin(value: unknown): value is Origin {
  if (!isObject(value)) return false;
  if (value.kind === 'own') return true;
  return value.kind === 'hub' && typeof value.repository === 'string' && typeof value.file === 'string';
}
