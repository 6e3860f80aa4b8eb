// Reads little-endian numbers, never past the end: a file that claims more than it has is corrupt, and nothing is allocated for it.
import { AppError } from '../../errors.ts';

export class ByteReader {
  #position = 0;
  #view: DataView;

  /** `format` names the file in errors. */
  constructor(
    private readonly bytes: Uint8Array<ArrayBuffer>,
    private readonly format: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.#position;
  }

  /** The next bytes, as a view. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (!(length >= 0 && length <= this.remaining)) throw this.corrupt('it ends too early');
    const start = this.#position;
    this.#position += length;
    return this.bytes.subarray(start, this.#position);
  }

  uint8(): number {
    return this.take(1)[0];
  }

  uint32(): number {
    this.take(4);
    return this.#view.getUint32(this.#position - 4, true);
  }

  float32(): number {
    this.take(4);
    return this.#view.getFloat32(this.#position - 4, true);
  }

  /** Exact up to 2^53, which no size or offset reaches. */
  uint64(): number {
    const low = this.uint32();
    return low + this.uint32() * 2 ** 32;
  }

  corrupt(what: string): AppError {
    return new AppError('model-corrupt', `${this.format}: ${what}`);
  }
}
