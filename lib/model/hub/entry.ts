// The entry of an installed model: written when all of it is here and verified, read back by a total check.
import type { CatalogEntry, KnownAnswer, ModelFile, Origin } from '../catalog.ts';
import { CATALOG, isHubLayout } from '../catalog.ts';
import { isObject, isSha1, isSha256 } from '../download/json.ts';
import type { Inspection } from './inspect-weights.ts';

/** Of a file of the hub, as the catalog knows it; else one that says no more than what the file is. */
export function entryOf(repository: string, file: string): CatalogEntry {
  const known = CATALOG.find(
    ({ origin }) => origin.kind === 'hub' && origin.repository === repository && origin.file === file,
  );
  const name = isHubLayout(file) ? nameOf(repository) : nameOf(file);
  return known ?? unknownEntry(`${repository}/${file}`, name, { kind: 'hub', repository, file });
}

/** A model of which nobody has said what it can do: it writes where it is asked to, and chooses sentences where it is not. */
export function unknownEntry(id: string, name: string, origin: Origin): CatalogEntry {
  return {
    id,
    name,
    licence: '',
    origin,
    weights: { name: origin.kind === 'hub' ? origin.file : name, bytes: 0, sha256: '' },
    memoryBytes: 0,
    languages: ['en'],
    contextWindow: 2048,
    methods: { summarize: 'selects', rewrite: 'composes', chat: 'selects' },
    measured: false,
  };
}

/** With what its files say: no more context than the model was trained for, and the memory that it takes. */
export function asInspected(entry: CatalogEntry, { contextLength, memoryBytes }: Inspection): CatalogEntry {
  return { ...entry, memoryBytes, contextWindow: Math.min(entry.contextWindow, contextLength || Infinity) };
}

/** What a file's name says of a model: `gemma-3-270m-it-Q4_K_M.gguf` is "gemma 3 270m it Q4_K_M". */
export function nameOf(file: string): string {
  const stem = file
    .split('/')
    .at(-1)!
    .replace(/\.(gguf|onnx)$/i, '');
  return stem.replace(/(?<!\d)[-.](?!\d)|-/g, ' ').trim() || file;
}

/** Null for anything that is no entry. Of a model of the catalog only its files are taken: the catalog may know better by now. */
export function parseEntry(value: unknown): CatalogEntry | null {
  if (!isObject(value) || !isFile(value.weights)) return null;
  const { origin, weights, companions, memoryBytes, knownAnswer } = value;
  if (companions !== undefined && !(Array.isArray(companions) && companions.every(isFile))) return null;
  if (!isOrigin(origin) || !Number.isSafeInteger(memoryBytes)) return null;
  if (knownAnswer !== undefined && !isAnswer(knownAnswer)) return null;
  const known = CATALOG.find(({ id }) => id === value.id);
  const measured = {
    memoryBytes: memoryBytes as number,
    ...(companions && { companions }),
    ...(knownAnswer && { knownAnswer }),
  };
  if (known) return { ...known, origin: withCommit(known.origin, origin), weights, ...measured };
  return isEntry(value) ? value : null;
}

/** The catalog's, with the commit that is here. */
function withCommit(known: Origin, stored: Origin): Origin {
  return known.kind === 'hub' && stored.kind === 'hub' && stored.commit ? { ...known, commit: stored.commit } : known;
}

function isFile(value: unknown): value is ModelFile {
  const { name, bytes, sha256 } = isObject(value) ? value : {};
  return typeof name === 'string' && Number.isSafeInteger(bytes) && (bytes as number) > 0 && isSha256(sha256);
}

function isAnswer(value: unknown): value is KnownAnswer {
  const { text, meanLogProb, next } = isObject(value) ? value : {};
  return typeof text === 'string' && Number.isFinite(meanLogProb) && Array.isArray(next);
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
  const { kind, repository, file, commit } = value;
  if (commit !== undefined && !isSha1(commit)) return false;
  return kind === 'hub' && typeof repository === 'string' && typeof file === 'string';
}
