// Parses the head of a GGUF file: metadata and tensor table.
// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
import { AppError } from '../../errors.ts';
import type { MetadataValue } from './metadata.ts';

export interface TensorEntry {
  name: string;
  /** ggml's order: the contiguous dimension first. */
  dimensions: number[];
  /** ggml's type number. */
  type: number;
  /** From the start of the tensor data. */
  offsetBytes: number;
}

export interface Header {
  metadata: Map<string, MetadataValue>;
  tensors: TensorEntry[];
  /** Where the head ends; the tensor data begin at the next multiple of the alignment. */
  lengthBytes: number;
}

const MAGIC = 0x46554747;
const VERSIONS = [2, 3];
const MAX_DIMENSIONS = 4;
/** Beyond the largest vocabularies by far: what claims more is no list of a model, and is not read. */
const MAX_ITEMS = 1 << 22;

/** Thrown inside `parseHeader` where the bytes end too early. */
class OutOfBytes extends Error {}

/** The header that `bytes` begin with; `undefined` if they end before it does. Throws `model-corrupt`. */
export function parseHeader(bytes: Uint8Array<ArrayBuffer>): Header | undefined {
  const cursor = new Cursor(bytes);
  try {
    if (cursor.uint32() !== MAGIC) throw corrupt('not a GGUF file');
    const version = cursor.uint32();
    if (!VERSIONS.includes(version)) throw corrupt(`version ${version}`);
    const tensorCount = cursor.uint64();
    const metadataCount = cursor.uint64();
    const metadata = new Map<string, MetadataValue>();
    for (let i = 0; i < metadataCount; i++) {
      const key = cursor.string();
      metadata.set(key, readValue(cursor, cursor.uint32()));
    }
    const tensors: TensorEntry[] = [];
    for (let i = 0; i < tensorCount; i++) tensors.push(readTensorEntry(cursor));
    return { metadata, tensors, lengthBytes: cursor.position };
  } catch (error) {
    if (error instanceof OutOfBytes) return undefined;
    throw error;
  }
}

function readTensorEntry(cursor: Cursor): TensorEntry {
  const name = cursor.string();
  const rank = cursor.uint32();
  if (rank > MAX_DIMENSIONS) throw corrupt(`${name} has ${rank} dimensions`);
  const dimensions = Array.from({ length: rank }, () => cursor.uint64());
  return { name, dimensions, type: cursor.uint32(), offsetBytes: cursor.uint64() };
}

function readValue(cursor: Cursor, type: number): MetadataValue {
  if (type === 8) return cursor.string();
  if (type === 9) {
    const itemType = cursor.uint32();
    if (itemType === 9) throw corrupt('arrays of arrays');
    const length = cursor.uint64();
    if (length > MAX_ITEMS) throw corrupt(`a list of ${length}`);
    const items: MetadataValue[] = [];
    for (let i = 0; i < length; i++) items.push(readValue(cursor, itemType));
    return items;
  }
  const read = SCALARS[type];
  if (read === undefined) throw corrupt(`metadata type ${type}`);
  return read(cursor);
}

const SCALARS: Record<number, ((cursor: Cursor) => number | boolean) | undefined> = {
  0: (cursor) => cursor.take(1, (view, at) => view.getUint8(at)),
  1: (cursor) => cursor.take(1, (view, at) => view.getInt8(at)),
  2: (cursor) => cursor.take(2, (view, at) => view.getUint16(at, true)),
  3: (cursor) => cursor.take(2, (view, at) => view.getInt16(at, true)),
  4: (cursor) => cursor.uint32(),
  5: (cursor) => cursor.take(4, (view, at) => view.getInt32(at, true)),
  6: (cursor) => cursor.take(4, (view, at) => view.getFloat32(at, true)),
  7: (cursor) => cursor.take(1, (view, at) => view.getUint8(at) !== 0),
  10: (cursor) => cursor.uint64(),
  11: (cursor) => cursor.take(8, (view, at) => Number(view.getBigInt64(at, true))),
  12: (cursor) => cursor.take(8, (view, at) => view.getFloat64(at, true)),
};

class Cursor {
  position = 0;
  #view: DataView;
  /** Some tokens begin with a byte order mark, which is part of them. */
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take<T>(lengthBytes: number, read: (view: DataView, at: number) => T): T {
    const at = this.position;
    if (at + lengthBytes > this.bytes.length) throw new OutOfBytes();
    this.position += lengthBytes;
    return read(this.#view, at);
  }

  uint32(): number {
    return this.take(4, (view, at) => view.getUint32(at, true));
  }

  /** As a number: sizes beyond 2^53 are nonsense in a file. */
  uint64(): number {
    const value = this.take(8, (view, at) => view.getBigUint64(at, true));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt('an absurd size');
    return Number(value);
  }

  string(): string {
    const length = this.uint64();
    return this.take(length, (_view, at) => this.#decoder.decode(this.bytes.subarray(at, at + length)));
  }
}

function corrupt(what: string): AppError {
  return new AppError('model-corrupt', `GGUF: ${what}`);
}
