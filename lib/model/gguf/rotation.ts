// An orthogonal change of basis that spreads outlier channels over all channels, so that one int8 scale serves them all.
// R = diag(signs) (DCT kron Hadamard), as in QuaRot (https://arxiv.org/abs/2404.00456); cheap to apply, nothing to calibrate.

/** Lanes mixed at once: few enough to stay in the first-level cache. */
const STRIP = 64;
const sums = new Float64Array(STRIP);

export class Rotation {
  /** Length of the Hadamard part: the largest power of two in `size`. */
  readonly #span: number;
  readonly #signs: Float32Array;
  /** Rows of the orthonormal DCT-II of size / span, row by row, only the first half of each: the rest mirrors it. */
  readonly #dct: Float64Array;
  /** Rows of STRIP lanes: sums, then differences. */
  readonly #inputs: Float64Array;

  constructor(readonly size: number) {
    this.#span = size & -size;
    this.#signs = randomSigns(size);
    this.#dct = halfDct(size / this.#span, 1 / Math.sqrt(this.#span));
    this.#inputs = new Float64Array((size / this.#span + 1) * STRIP);
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

  /** The DCT over the `size / span` blocks, a strip of lanes at a time; also applies the Hadamard transform's scale. */
  #mix(values: Float32Array, offset: number, lanes: number): void {
    const dct = this.#dct;
    const blocks = this.size / this.#span;
    if (blocks === 1) {
      for (let at = offset; at < offset + lanes; at++) values[at] *= dct[0];
      return;
    }
    const half = (blocks + 1) >> 1;
    const inputs = this.#inputs;
    for (let start = offset; start < offset + lanes; start += STRIP) {
      const width = Math.min(STRIP, offset + lanes - start);
      // Even rows of the DCT are symmetric, odd ones antisymmetric: they see sums and differences of mirrored blocks.
      for (let near = 0, far = blocks - 1; near <= far; near++, far--) {
        const a = start + near * lanes;
        const b = start + far * lanes;
        const sums = near * STRIP;
        const differences = (half + near) * STRIP;
        for (let lane = 0; lane < width; lane++) {
          const x = values[a + lane];
          const y = near === far ? 0 : values[b + lane];
          inputs[sums + lane] = x + y;
          inputs[differences + lane] = x - y;
        }
      }
      for (let row = 0, weight = 0; row < blocks; row++) {
        const from = row & 1 ? half : 0;
        const count = row & 1 ? blocks - half : half;
        combine(inputs, from, count, dct, weight, values, start + row * lanes, width);
        weight += count;
      }
    }
  }
}

/** out[lane] = sum of weights[i] * inputs[from + i][lane], for rows of STRIP inputs. */
function combine(
  inputs: Float64Array,
  from: number,
  count: number,
  weights: Float64Array,
  firstWeight: number,
  out: Float32Array,
  at: number,
  width: number,
): void {
  sums.fill(0);
  let i = 0;
  for (; i + 1 < count; i += 2) {
    const a = weights[firstWeight + i];
    const b = weights[firstWeight + i + 1];
    const x = (from + i) * STRIP;
    const y = x + STRIP;
    for (let lane = 0; lane < width; lane++) sums[lane] += a * inputs[x + lane] + b * inputs[y + lane];
  }
  const last = i < count ? weights[firstWeight + i] : 0;
  const x = i < count ? (from + i) * STRIP : 0;
  for (let lane = 0; lane < width; lane++) out[at + lane] = sums[lane] + last * inputs[x + lane];
}
/** In-place unscaled Walsh-Hadamard transform of `columns` interleaved vectors of lanes / columns elements. */
function hadamard(values: Float32Array, offset: number, lanes: number, columns: number): void {
  const end = offset + lanes;
  let step = columns;
  // Two stages in one pass halve the memory traffic.
  for (; step * 2 < lanes; step *= 4) {
    for (let start = offset; start < end; start += 4 * step) {
      for (let a = start, b = a + step, c = b + step, d = c + step; a < start + step; a++, b++, c++, d++) {
        const sumAB = values[a] + values[b];
        const differenceAB = values[a] - values[b];
        const sumCD = values[c] + values[d];
        const differenceCD = values[c] - values[d];
        values[a] = sumAB + sumCD;
        values[b] = differenceAB + differenceCD;
        values[c] = sumAB - sumCD;
        values[d] = differenceAB - differenceCD;
      }
    }
  }
  if (step >= lanes) return;
  for (let near = offset, far = offset + step; near < offset + step; near++, far++) {
    const a = values[near];
    const b = values[far];
    values[near] = a + b;
    values[far] = a - b;
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
