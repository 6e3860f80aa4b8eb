// An open GGUF file: its metadata, and its tensors read on demand as bytes or float32. Knows no architecture.
import { AppError } from '../../errors.ts';
import { BLOCK_FORMATS, formatName } from './blocks/block-formats.ts';
import type { BlockFormat } from './blocks/block-format.ts';
import { parseHeader } from './header.ts';
import type { Header, TensorEntry } from './header.ts';
import { Metadata } from './metadata.ts';

/** A tensor as a matrix: `rows` x `columns`, columns contiguous. A vector is one row. */
export interface GgufTensor {
  name: string;
  rows: number;
  columns: number;
  format: BlockFormat;
  /** From the start of the file. */
  offsetBytes: number;
  rowBytes: number;
}

const FIRST_READ_BYTES = 4 << 20;
/** Vocabularies make up most of a head; the largest known are some ten megabytes. */
const MAX_HEAD_BYTES = 128 << 20;
const DEFAULT_ALIGNMENT_BYTES = 32;

export class GgufFile {
  private constructor(
    private readonly source: Blob | ArrayBuffer,
    readonly metadata: Metadata,
    private readonly tensors: ReadonlyMap<string, GgufTensor>,
  ) {}

  /**
   * Reads the head of the file. Throws `model-corrupt` for anything that cannot be a complete GGUF file, `unsupported` for numbers
   * in a format that we do not read.
   */
  static async open(source: Blob | ArrayBuffer): Promise<GgufFile> {
    const sizeBytes = source instanceof Blob ? source.size : source.byteLength;
    return GgufFile.withHeader(await readHeader(source, sizeBytes), source, sizeBytes);
  }

  /** A file whose head is known already. `sizeBytes` may be Infinity where only the head is here: then no tensor can be read. */
  static withHeader(header: Header, source: Blob | ArrayBuffer, sizeBytes: number): GgufFile {
    const metadata = new Metadata(header.metadata);
    const alignment = metadata.number('general.alignment', DEFAULT_ALIGNMENT_BYTES);
    if (!(Number.isInteger(alignment) && alignment > 0)) {
      throw new AppError('model-corrupt', `GGUF: alignment ${alignment}`);
    }
    const dataStart = Math.ceil(header.lengthBytes / alignment) * alignment;
    const tensors = new Map(header.tensors.map((entry) => [entry.name, locate(entry, dataStart, sizeBytes)]));
    return new GgufFile(source, metadata, tensors);
  }

  get tensorNames(): string[] {
    return [...this.tensors.keys()];
  }

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  /** Throws `model-corrupt` if there is no such tensor or, where sizes are given, it has others. */
  tensor(name: string, rows?: number, columns?: number): GgufTensor {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new AppError('model-corrupt', `GGUF: no tensor ${name}`);
    if ((rows ?? tensor.rows) !== tensor.rows || (columns ?? tensor.columns) !== tensor.columns) {
      throw new AppError('model-corrupt', `GGUF: ${name} is ${tensor.rows} x ${tensor.columns}`);
    }
    return tensor;
  }

  /** The tensor's own bytes, still in its block format. */
  async readBytes(tensor: GgufTensor, firstRow = 0, rows = tensor.rows - firstRow): Promise<Uint8Array<ArrayBuffer>> {
    return read(this.source, tensor.offsetBytes + firstRow * tensor.rowBytes, rows * tensor.rowBytes);
  }

  /** Rows as float32, `rows` x `columns`. */
  async readRows(tensor: GgufTensor, firstRow = 0, rows = tensor.rows - firstRow): Promise<Float32Array<ArrayBuffer>> {
    const bytes = await this.readBytes(tensor, firstRow, rows);
    const values = new Float32Array(rows * tensor.columns);
    tensor.format.dequantize(bytes, 0, values);
    return values;
  }
}

async function read(source: Blob | ArrayBuffer, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source, offset, length);
  return new Uint8Array(await source.slice(offset, offset + length).arrayBuffer());
}

/** Throws `model-corrupt`. */
export async function readHeader(source: Blob | ArrayBuffer, sizeBytes: number): Promise<Header> {
  for (let length = FIRST_READ_BYTES; ; length *= 2) {
    const header = parseHeader(await read(source, 0, Math.min(length, sizeBytes)));
    if (header) return header;
    if (length >= Math.min(sizeBytes, MAX_HEAD_BYTES))
      throw new AppError('model-corrupt', 'GGUF: the file ends in its header');
  }
}

function locate(entry: TensorEntry, dataStart: number, sizeBytes: number): GgufTensor {
  const { name, dimensions } = entry;
  const format = BLOCK_FORMATS.get(entry.type);
  if (!format) throw new AppError('unsupported', `block format ${formatName(entry.type)}`);
  const [columns = 1, ...others] = dimensions;
  const rows = others.reduce((product, size) => product * size, 1);
  const rowBytes = (columns / format.blockValues) * format.blockBytes;
  if (!Number.isInteger(rowBytes)) {
    throw new AppError('model-corrupt', `GGUF: ${name} has rows of ${columns}, no whole ${format.name} blocks`);
  }
  const offsetBytes = dataStart + entry.offsetBytes;
  if (offsetBytes + rows * rowBytes > sizeBytes) {
    throw new AppError('model-corrupt', `GGUF: ${name} lies outside the file`);
  }
  return { name, rows, columns, format, offsetBytes, rowBytes };
}
