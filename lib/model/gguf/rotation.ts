// An orthogonal change of basis that spreads outlier channels over all channels, so that one int8 scale serves them all.
// R = diag(signs) (DCT kron Hadamard), as in QuaRot (https://arxiv.org/abs/2404.00456); cheap to apply, nothing to calibrate.

export class Rotation {
  /** Length of the Hadamard part: the largest power of two in `size`. */
  readonly #span: number;
  readonly #signs: Float32Array;
  /** Rows of the orthonormal DCT-II of size / span, row by row, only the first half of each: the rest mirrors it. */
  readonly #dct: Float64Array;
  readonly #inputs: Float64Array;

  constructor(readonly size: number) {
    this.#span = size & -size;
    this.#signs = randomSigns(size);
    this.#dct = halfDct(size / this.#span, 1 / Math.sqrt(this.#span));
    this.#inputs = new Float64Array(size / this.#span);
  }

  /** Each row x of `values` (rows of `size`, contiguous) becomes x R. */
  rotateRows(values: Float32Array): void {
    for (let offset = 0; offset < values.length; offset += this.size) this.#apply(values, offset, 1);
  }

  /** Each block of `size` rows of `columns` becomes R^T block: its columns are rotated. */
  rotateColumns(values: Float32Array, columns: number): void {
    const length = this.size * columns;
    for (let offset = 0; offset < values.length; offset += length) this.#apply(values, offset, columns);
  }

  /** Rotates `columns` interleaved vectors at once: element i of vector c stands at offset + i columns + c. */
  #apply(values: Float32Array, offset: number, columns: number): void {
    for (let i = 0; i < this.size; i++) {
      if (this.#signs[i] > 0) continue;
      const start = offset + i * columns;
      for (let at = start; at < start + columns; at++) values[at] = -values[at];
    }
    const lanes = this.#span * columns;
    const end = offset + this.size * columns;
    for (let start = offset; start < end; start += lanes) hadamard(values, start, lanes, columns);
    this.#mix(values, offset, lanes);
  }

  /** The DCT over the `size / span` blocks, lane by lane; also applies the Hadamard transform's scale. */
  #mix(values: Float32Array, offset: number, lanes: number): void {
    const dct = this.#dct;
    const blocks = this.size / this.#span;
    if (blocks === 1) {
      for (let at = offset; at < offset + lanes; at++) values[at] *= dct[0];
      return;
    }
    const inputs = this.#inputs;
    const half = (blocks + 1) >> 1;
    const mirrored = blocks >> 1;
    for (let lane = offset; lane < offset + lanes; lane++) {
      // Even rows of the DCT are symmetric, odd ones antisymmetric: sums first, differences after them.
      for (let i = 0, near = lane, far = lane + (blocks - 1) * lanes; i < mirrored; i++, near += lanes, far -= lanes) {
        inputs[i] = values[near] + values[far];
        inputs[half + i] = values[near] - values[far];
      }
      if (half > mirrored) inputs[mirrored] = values[lane + mirrored * lanes];
      for (let row = 0, at = lane, weight = 0; row < blocks; row++, at += lanes) {
        const first = row & 1 ? half : 0;
        const last = row & 1 ? blocks : half;
        let sum = 0;
        for (let i = first; i < last; i++) sum += dct[weight++] * inputs[i];
        values[at] = sum;
      }
    }
  }
}

/** In-place unscaled Walsh-Hadamard transform of `columns` interleaved vectors of lanes / columns elements. */
function hadamard(values: Float32Array, offset: number, lanes: number, columns: number): void {
  for (let step = columns; step < lanes; step *= 2) {
    for (let start = offset; start < offset + lanes; start += 2 * step) {
      for (let near = start, far = start + step; near < start + step; near++, far++) {
        const a = values[near];
        const b = values[far];
        values[near] = a + b;
        values[far] = a - b;
      }
    }
  }
}

/** For each row k of the DCT-II: the weights of x[i] + x[n-1-i] (k even) or x[i] - x[n-1-i] (k odd), i in the first half. */
function halfDct(n: number, scale: number): Float64Array {
  const weights: number[] = [];
  for (let k = 0; k < n; k++) {
    const norm = scale * Math.sqrt((k === 0 ? 1 : 2) / n);
    const count = k % 2 === 0 ? (n + 1) >> 1 : n >> 1;
    for (let i = 0; i < count; i++) weights.push(norm * Math.cos((Math.PI * (i + 0.5) * k) / n));
  }
  return Float64Array.from(weights);
}

/** A fixed sequence (a 32-bit linear congruential generator's high bit): packed decoders depend on it. */
function randomSigns(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state & 0x80000000 ? -1 : 1;
  });
}
