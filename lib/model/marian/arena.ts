// The memory that a translation model lies and computes in, and the kernels that compute (assembly/kernels.ts, a few kilobytes of
// WebAssembly).
import { AppError } from '../../errors.ts';

/** Pointers are byte offsets in `memory`; what each does, and the shapes, stand in assembly/kernels.ts. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  quantize(x: number, rows: number, n: number, floor: number, steps: number, out: number, scales: number): void;
  product(
    a: number,
    aScales: number,
    rows: number,
    n: number,
    b: number,
    bScales: number,
    columns: number,
    bias: number,
    out: number,
  ): void;
  gather(table: number, ids: number, count: number, n: number, out: number): void;
  addNorm(x: number, y: number, rows: number, n: number, scale: number, shift: number): void;
  attention(
    query: number,
    queryStride: number,
    queries: number,
    key: number,
    value: number,
    keyStride: number,
    keys: number,
    heads: number,
    size: number,
    out: number,
    weights: number,
  ): void;
  recurrence(inputAndGate: number, rows: number, n: number, state: number, out: number): void;
  greatest(x: number, count: number): number;
  embed(table: number, id: number, n: number, factor: number, position: number, out: number): void;
}

const PAGE_BYTES = 65_536;
const ALIGNMENT_BYTES = 64;

/** Memory handed out from one end; what was taken last is given back first. */
export class Arena {
  private end = ALIGNMENT_BYTES;

  private constructor(readonly kernels: Kernels) {}

  /** Throws `load-failed`. */
  static async open(module: WebAssembly.Module): Promise<Arena> {
    try {
      const { exports } = await WebAssembly.instantiate(module);
      return new Arena(exports as unknown as Kernels);
    } catch (cause) {
      throw new AppError('load-failed', String(cause), { cause });
    }
  }

  /** Views of what lies there end with the next `take`. Throws `out-of-memory`. */
  take(bytes: number): number {
    const { memory } = this.kernels;
    const pointer = this.end;
    this.end = Math.ceil((pointer + bytes) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    const missing = this.end - memory.buffer.byteLength;
    if (missing > 0) {
      try {
        memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch (cause) {
        this.end = pointer;
        throw new AppError('out-of-memory', `${bytes} bytes for a translation`, { cause });
      }
    }
    return pointer;
  }

  takeFloats(values: ArrayLike<number>): number {
    const pointer = this.take(4 * values.length);
    this.floats(pointer, values.length).set(values);
    return pointer;
  }

  takeIntegers(values: Uint32Array): number {
    const pointer = this.take(values.byteLength);
    new Uint32Array(this.kernels.memory.buffer, pointer, values.length).set(values);
    return pointer;
  }

  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, pointer, length);
  }

  bytes(pointer: number, length: number): Int8Array {
    return new Int8Array(this.kernels.memory.buffer, pointer, length);
  }

  /** Gives back all that `work` takes. */
  scoped<T>(work: () => T): T {
    const start = this.end;
    try {
      return work();
    } finally {
      this.end = start;
    }
  }
}
