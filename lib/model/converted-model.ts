// A model as ONNX Runtime takes it: from the store where it was converted before, else converted from its GGUF and kept.
import { throwIfAborted } from '../errors.ts';
import type { CatalogEntry } from './catalog.ts';
import type { BuiltDecoder, Precision } from './decoder.ts';
import type { FileStore } from './file-store.ts';
import { readModelFile, verifyModelFile, type FileSource } from './files.ts';
import { draftDecoder, type DraftedDecoder } from './gguf/build-decoder.ts';
import { GgufFile } from './gguf/gguf-file.ts';
import { readTokenizerData } from './gguf/tokenizer-data.ts';
import { joined } from './gguf/weight-file.ts';
import { HEAD_PARTS, packHead, unpackModel, type ConvertedModel } from './packed-model.ts';

export interface Conversion {
  entry: CatalogEntry;
  precision: Precision;
  keyValueType: BuiltDecoder['keyValueType'];
  /** Null: nowhere to keep it. */
  store: FileStore | null;
  /** Of the package's files. */
  source: FileSource;
  /** The weights of a model that is not in the package, verified. Called only where they are to be converted. */
  installed?: () => Promise<Blob>;
  /** Share of the conversion, 0 to 1. */
  onProgress: (share: number) => void;
}

/** Part of the name under which a converted model is kept: to be raised whenever what is kept becomes another. */
const BUILDER_VERSION = 4;

/**
 * While it converts, no more than one matrix of the result is in memory, and of an installed GGUF no more than that either.
 * Throws `model-corrupt`, `unsupported`, `load-failed`, `aborted`.
 */
export async function openConverted(conversion: Conversion): Promise<ConvertedModel> {
  const { entry, precision, keyValueType, store } = conversion;
  const version = `v${BUILDER_VERSION}`;
  const name = `${entry.weights.sha256}.${precision}.${keyValueType}.${entry.contextWindow}.${version}`;
  await store?.prune((other) => other.endsWith(version));
  const kept = await openKept(store, name);
  if (kept) return kept;

  const { gguf, verified } = await readGguf(conversion);
  verified.catch(() => undefined); // awaited below
  try {
    if (store && (await store.put(name, parts(gguf, verified, conversion)))) {
      const converted = await openKept(store, name);
      if (converted) return converted;
    }
    return await inMemory(gguf, verified, conversion);
  } catch (error) {
    await verified; // where it is not the right file, this is the error to show
    throw error;
  }
}

async function openKept(store: FileStore | null, name: string): Promise<ConvertedModel | null> {
  const kept = await store?.open(name);
  if (!kept) return null;
  try {
    const model = unpackModel([kept.read(0), kept.read(1), kept.read(2)], kept.from(HEAD_PARTS));
    return { ...model, close: () => kept.close() };
  } catch (error) {
    kept.close();
    throw error;
  }
}

/** The digest of a packaged file is computed on another thread meanwhile; nothing is used or kept before it is known. */
async function readGguf({
  entry,
  source,
  installed,
}: Conversion): Promise<{ gguf: GgufFile; verified: Promise<void> }> {
  if (installed) return { gguf: await GgufFile.open(await installed()), verified: Promise.resolve() };
  const bytes = await readModelFile(entry.weights, source);
  const verified = verifyModelFile(entry.weights, bytes);
  try {
    return { gguf: await GgufFile.open(bytes.buffer), verified };
  } catch (error) {
    await verified;
    throw error;
  }
}

function draft(gguf: GgufFile, conversion: Conversion): Promise<DraftedDecoder> {
  const { entry, precision, keyValueType, source, onProgress } = conversion;
  const { signal } = source;
  return draftDecoder(gguf, precision, { maxPositions: entry.contextWindow, keyValueType, onProgress, signal });
}

async function* parts(gguf: GgufFile, verified: Promise<void>, conversion: Conversion) {
  const drafted = await draft(gguf, conversion);
  yield* packHead(drafted, readTokenizerData(gguf.metadata));
  yield* drafted.weightPieces();
  await verified;
  throwIfAborted(conversion.source.signal);
}

/** Where nothing can be kept. */
async function inMemory(gguf: GgufFile, verified: Promise<void>, conversion: Conversion): Promise<ConvertedModel> {
  const drafted = await draft(gguf, conversion);
  const weights = await joined(drafted.weightPieces(), drafted.weightsBytes);
  await verified;
  throwIfAborted(conversion.source.signal);
  const model = unpackModel(packHead(drafted, readTokenizerData(gguf.metadata)), weights);
  return { ...model, close: () => undefined };
}
