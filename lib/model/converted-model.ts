// A model as ONNX Runtime takes it: from the store where it was converted before, else converted from the package's GGUF and kept.
import { throwIfAborted } from '../errors.ts';
import type { CatalogEntry } from './catalog.ts';
import type { BuiltDecoder, Precision } from './decoder.ts';
import type { FileStore } from './file-store.ts';
import { readModelFile, verifyModelFile, type FileSource } from './files.ts';
import { buildDecoder } from './gguf/build-decoder.ts';
import { GgufFile } from './gguf/gguf-file.ts';
import { readTokenizerData } from './gguf/tokenizer.ts';
import { packModel, unpackModel, type ConvertedModel } from './packed-model.ts';

export interface Conversion {
  entry: CatalogEntry;
  precision: Precision;
  keyValueType: BuiltDecoder['keyValueType'];
  /** Null: nowhere to keep it. */
  store: FileStore | null;
  source: FileSource;
  /** Share of the conversion, 0 to 1. */
  onProgress: (share: number) => void;
}

/** Part of the name under which a converted model is kept: to be raised whenever lib/model/gguf writes something else. */
const BUILDER_VERSION = 2;

/** Throws `model-corrupt`, `unsupported`, `load-failed`, `aborted`. */
export async function openConverted(conversion: Conversion): Promise<ConvertedModel> {
  const { entry, precision, keyValueType, store, source, onProgress } = conversion;
  const { signal } = source;
  const version = `v${BUILDER_VERSION}`;
  const name = `${entry.weights.sha256}.${precision}.${keyValueType}.${entry.contextWindow}.${version}`;
  await store?.prune((other) => other.endsWith(version));
  const kept = await store?.get(name);
  if (kept) return unpackModel(kept);

  const bytes = await readModelFile(entry.weights, source);
  // The digest is computed on another thread meanwhile; nothing is used or kept before it is known.
  const verified = verifyModelFile(entry.weights, bytes);
  verified.catch(() => undefined); // awaited below
  let parts: Uint8Array<ArrayBuffer>[];
  try {
    const gguf = await GgufFile.open(bytes.buffer);
    const options = { maxPositions: entry.contextWindow, keyValueType, onProgress, signal };
    parts = packModel(await buildDecoder(gguf, precision, options), readTokenizerData(gguf.metadata));
  } finally {
    await verified; // where it is not the right file, this is the error to show
  }
  throwIfAborted(signal);
  await store?.put(name, parts);
  return unpackModel(parts);
}
