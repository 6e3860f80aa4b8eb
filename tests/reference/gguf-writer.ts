// Writes GGUF files for tests: metadata, tensor table and tensor data, little-endian, version 3.
// Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md

export type WrittenValue =
  | string
  | boolean
  | { uint32: number }
  | { float32: number }
  | string[]
  | { int32s: number[] }
  | { float32s: number[] };

export interface WrittenTensor {
  name: string;
  /** ggml's order: the contiguous dimension first. */
  dimensions: number[];
  /** ggml's type number. */
  type: number;
  data: Uint8Array;
}

const ALIGNMENT_BYTES = 32;

/** A whole GGUF file. */
export function writeGguf(metadata: Record<string, WrittenValue>, tensors: WrittenTensor[]): Uint8Array<ArrayBuffer> {
  const header = new ByteList();
  header.uint32(0x46554747);
  header.uint32(3);
  header.uint64(tensors.length);
  header.uint64(Object.keys(metadata).length);
  for (const [key, value] of Object.entries(metadata)) {
    header.string(key);
    writeValue(header, value);
  }
  let offset = 0;
  for (const tensor of tensors) {
    header.string(tensor.name);
    header.uint32(tensor.dimensions.length);
    for (const dimension of tensor.dimensions) header.uint64(dimension);
    header.uint32(tensor.type);
    header.uint64(offset);
    offset = aligned(offset + tensor.data.length);
  }
  const dataStart = aligned(header.length);
  const file = new Uint8Array(dataStart + offset);
  file.set(header.bytes());
  let position = dataStart;
  for (const tensor of tensors) {
    file.set(tensor.data, position);
    position = aligned(position + tensor.data.length);
  }
  return file;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}

function writeValue(out: ByteList, value: WrittenValue): void {
  if (typeof value === 'string') {
    out.uint32(8);
    out.string(value);
  } else if (typeof value === 'boolean') {
    out.uint32(7);
    out.push([value ? 1 : 0]);
  } else if (Array.isArray(value)) {
    out.uint32(9);
    out.uint32(8);
    out.uint64(value.length);
    for (const item of value) out.string(item);
  } else if ('int32s' in value) {
    out.uint32(9);
    out.uint32(5);
    out.uint64(value.int32s.length);
    for (const item of value.int32s) out.uint32(item);
  } else if ('float32s' in value) {
    out.uint32(9);
    out.uint32(6);
    out.uint64(value.float32s.length);
    out.push(new Uint8Array(Float32Array.from(value.float32s).buffer));
  } else if ('uint32' in value) {
    out.uint32(4);
    out.uint32(value.uint32);
  } else {
    out.uint32(6);
    out.push(new Uint8Array(new Float32Array([value.float32]).buffer));
  }
}

class ByteList {
  length = 0;
  #parts: ArrayLike<number>[] = [];

  push(bytes: ArrayLike<number>): void {
    this.#parts.push(bytes);
    this.length += bytes.length;
  }

  uint32(value: number): void {
    this.push(new Uint8Array(new Uint32Array([value]).buffer));
  }

  uint64(value: number): void {
    this.push(new Uint8Array(new BigUint64Array([BigInt(value)]).buffer));
  }

  string(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.uint64(bytes.length);
    this.push(bytes);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.length);
    let position = 0;
    for (const part of this.#parts) {
      all.set(part, position);
      position += part.length;
    }
    return all;
  }
}
