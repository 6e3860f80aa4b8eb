// Reads little-endian numbers, never past the end: a file that claims more than it has is corrupt, and nothing is allocated for it.
import { AppError } from '../../errors.ts';

/** The bits of one float32, in whatever order the machine has. */
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

export class ByteReader {
  #position = 0;

  /** `format` names the file in errors. */
  constructor(
    private readonly bytes: Uint8Array<ArrayBuffer>,
    private readonly format: string,
  ) {}

  get remaining(): number {
    return this.bytes.length - this.#position;
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const start = this.#pass(length);
    return this.bytes.subarray(start, this.#position);
  }

  uint8(): number {
    return this.bytes[this.#pass(1)];
  }

  uint32(): number {
    const start = this.#pass(4);
    const { bytes } = this;
    return (bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24)) >>> 0;
  }

  float32(): number {
    BITS[0] = this.uint32();
    return FLOAT[0];
  }

  /** Exact up to 2^53, which no size or offset reaches. */
  uint64(): number {
    const low = this.uint32();
    return low + this.uint32() * 2 ** 32;
  }

  corrupt(what: string): AppError {
    return new AppError('model-corrupt', `${this.format}: ${what}`);
  }

  /** Goes past the next bytes and returns where they begin. */
  #pass(length: number): number {
    if (!(length >= 0 && length <= this.remaining)) throw this.corrupt('it ends too early');
    const start = this.#position;
    this.#position += length;
    return start;
  }
}
