// Marian's binary model file: a table of tensors, matrices in int8 with one multiplier each, and the training configuration.
// Format: https://github.com/browsermt/marian-dev/blob/master/src/common/binary.cpp. Knows no architecture.
import { AppError } from '../../errors.ts';
import { ByteReader } from './byte-reader.ts';

/** Rows of int8 numbers; a weight is its number times `scale`. Columns are contiguous. */
export interface Int8Matrix {
  rows: number;
  columns: number;
  values: Int8Array<ArrayBuffer>;
  scale: number;
}

interface Item {
  type: number;
  shape: number[];
  bytes: Uint8Array<ArrayBuffer>;
}

const VERSION = 1;
const TYPES = { text: 0x101, float32: 0x404, int8: 0x4101 };
const CONFIGURATION = 'special:model.yml';
/** The length of one entry of the table: four numbers of 64 bits. */
const ENTRY_BYTES = 32;

export class MarianFile {
  private constructor(private readonly items: ReadonlyMap<string, Item>) {}

  /** Throws `model-corrupt`. The tensors stay views of `bytes`. */
  static open(bytes: Uint8Array<ArrayBuffer>): MarianFile {
    const reader = new ByteReader(bytes, 'Marian model');
    if (reader.uint64() !== VERSION) throw reader.corrupt('not a model of version 1');
    const count = reader.uint64();
    if (count > reader.remaining / ENTRY_BYTES) throw reader.corrupt(`${count} tensors`);
    const entries = Array.from({ length: count }, () => ({
      nameBytes: reader.uint64(),
      type: reader.uint64(),
      rank: reader.uint64(),
      dataBytes: reader.uint64(),
    }));
    const names = entries.map(({ nameBytes }) => text(reader.take(nameBytes)));
    const shapes = entries.map(({ rank }) => {
      if (rank > reader.remaining / 4) throw reader.corrupt(`a tensor of ${rank} dimensions`);
      return Array.from({ length: rank }, () => reader.uint32());
    });
    reader.take(reader.uint64()); // the tensors begin at a multiple of 256 bytes
    const items = entries.map(({ type, dataBytes }, i): [string, Item] => [
      names[i],
      { type, shape: shapes[i], bytes: reader.take(dataBytes) },
    ]);
    return new MarianFile(new Map(items));
  }

  has(name: string): boolean {
    return this.items.has(name);
  }

  /** The YAML that the model was trained by. Throws `model-corrupt` where there is none. */
  get configuration(): string {
    return text(this.#item(CONFIGURATION, TYPES.text).bytes);
  }

  /** Throws `model-corrupt` unless there is a float32 tensor of that many values. */
  floats(name: string, length: number): Float32Array<ArrayBuffer> {
    const { bytes, shape } = this.#item(name, TYPES.float32);
    if (size(shape) !== length || bytes.length < 4 * length) throw wrongSize(name, shape);
    return new Float32Array(bytes.slice(0, 4 * length).buffer);
  }

  /** A weight matrix, y = x W^T, outputs as rows: the file has it so, although it says inputs x outputs. Throws `model-corrupt`. */
  weights(name: string, outputs: number, inputs: number): Int8Matrix {
    return this.#int8(name, [inputs, outputs], outputs, inputs);
  }

  /** The embedding matrix, a token a row. Throws `model-corrupt`. */
  embeddings(name: string, tokens: number, size: number): Int8Matrix {
    return this.#int8(name, [tokens, size], tokens, size);
  }

  #int8(name: string, expected: [number, number], rows: number, columns: number): Int8Matrix {
    const { bytes, shape } = this.#item(name, TYPES.int8);
    const length = rows * columns;
    if (shape.join() !== expected.join() || bytes.length < length + 4) throw wrongSize(name, shape);
    const multiplier = new DataView(bytes.buffer, bytes.byteOffset + length).getFloat32(0, true);
    if (!(multiplier > 0 && multiplier < Infinity)) throw new AppError('model-corrupt', `${name} has no multiplier`);
    return { rows, columns, values: new Int8Array(bytes.buffer, bytes.byteOffset, length), scale: 1 / multiplier };
  }

  #item(name: string, type: number): Item {
    const item = this.items.get(name);
    if (!item) throw new AppError('model-corrupt', `Marian model: no ${name}`);
    if (item.type !== type) throw new AppError('model-corrupt', `${name} has the type ${item.type.toString(16)}`);
    return item;
  }
}

/** Ends at the first zero byte. */
function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0.*$/s, '');
}

function size(shape: number[]): number {
  return shape.reduce((product, each) => product * each, 1);
}

function wrongSize(name: string, shape: number[]): AppError {
  return new AppError('model-corrupt', `${name} is ${shape.join(' x ')}`);
}
