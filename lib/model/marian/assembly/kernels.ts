// The arithmetic of Marian's transformer in AssemblyScript, compiled to WebAssembly with SIMD (scripts/marian-kernels.ts).
// Matrices are row-major float32 unless it is said otherwise, pointers are byte offsets, row lengths are multiples of 8.

/** Smaller than any row that has something in it. */
const NOTHING: f32 = 1e-9;
/** Marian's own, in a layer norm. */
const EPSILON: f32 = 1e-6;

/** Rows x [rows, n] as int16 of -steps to steps, each with a scale of its own. `floor`: -Infinity, or 0 for a ReLU before. */
export function quantize(x: usize, rows: i32, n: i32, floor: f32, steps: f32, out: usize, scales: usize): void {
  const least = f32x4.splat(floor);
  for (let r = 0; r < rows; r++) {
    const from = x + ((r * n) << 2);
    const to = out + ((r * n) << 1);
    let most = f32x4.splat(NOTHING);
    for (let i = 0; i < n << 2; i += 16) most = f32x4.pmax(most, f32x4.abs(f32x4.pmax(least, v128.load(from + i))));
    const greatest = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    store<f32>(scales + (r << 2), greatest / steps);
    const factor = f32x4.splat(steps / greatest);
    for (let i = 0; i < n; i += 8) {
      const low = f32x4.mul(f32x4.pmax(least, v128.load(from + (i << 2))), factor);
      const high = f32x4.mul(f32x4.pmax(least, v128.load(from + (i << 2), 16)), factor);
      const lowInts = i32x4.trunc_sat_f32x4_s(f32x4.nearest(low));
      const highInts = i32x4.trunc_sat_f32x4_s(f32x4.nearest(high));
      v128.store(to + (i << 1), i16x8.narrow_i32x4_s(lowInts, highInts));
    }
  }
}

function put(out: usize, sums: v128, scales: v128, bias: v128): void {
  v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), scales), bias));
}

/**
 * out [rows, columns] = a b + bias. a: int16 [rows, n] with a scale a row. b: int8 with a scale a column, eight columns after
 * eight; of eight the pairs of inputs one after the other, of a pair the columns, of a column both numbers.
 */
export function product(
  a: usize,
  aScales: usize,
  rows: i32,
  n: i32,
  b: usize,
  bScales: usize,
  columns: i32,
  bias: usize,
  out: usize,
): void {
  const aStride = n << 1;
  const outStride = columns << 2;
  for (let c = 0; c < columns; c += 8) {
    const bias0 = v128.load(bias + (c << 2));
    const bias1 = v128.load(bias + (c << 2), 16);
    const scale0 = v128.load(bScales + (c << 2));
    const scale1 = v128.load(bScales + (c << 2), 16);
    const start = b + c * n;
    const end = start + (n << 3);
    let r = 0;
    // Four rows at a time, so that a weight is read and widened once for four; as many sums as there are registers.
    for (; r + 4 <= rows; r += 4) {
      let s00 = i32x4.splat(0);
      let s01 = s00;
      let s10 = s00;
      let s11 = s00;
      let s20 = s00;
      let s21 = s00;
      let s30 = s00;
      let s31 = s00;
      let x = a + r * aStride;
      for (let w = start; w < end; w += 16, x += 4) {
        const w0 = v128.load_ext<i8>(w);
        const w1 = v128.load_ext<i8>(w, 8);
        let pair = v128.load_splat<u32>(x);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(w0, pair));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(w1, pair));
        pair = v128.load_splat<u32>(x + aStride);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(w0, pair));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(w1, pair));
        pair = v128.load_splat<u32>(x + 2 * aStride);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(w0, pair));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(w1, pair));
        pair = v128.load_splat<u32>(x + 3 * aStride);
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(w0, pair));
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(w1, pair));
      }
      const to = out + r * outStride + (c << 2);
      const scales = aScales + (r << 2);
      let scale = v128.load_splat<u32>(scales);
      put(to, s00, f32x4.mul(scale, scale0), bias0);
      put(to + 16, s01, f32x4.mul(scale, scale1), bias1);
      scale = v128.load_splat<u32>(scales, 4);
      put(to + outStride, s10, f32x4.mul(scale, scale0), bias0);
      put(to + outStride + 16, s11, f32x4.mul(scale, scale1), bias1);
      scale = v128.load_splat<u32>(scales, 8);
      put(to + 2 * outStride, s20, f32x4.mul(scale, scale0), bias0);
      put(to + 2 * outStride + 16, s21, f32x4.mul(scale, scale1), bias1);
      scale = v128.load_splat<u32>(scales, 12);
      put(to + 3 * outStride, s30, f32x4.mul(scale, scale0), bias0);
      put(to + 3 * outStride + 16, s31, f32x4.mul(scale, scale1), bias1);
    }
    // A row alone: two pairs at a time, so that no sum waits for the one before.
    for (; r < rows; r++) {
      let s00 = i32x4.splat(0);
      let s01 = s00;
      let s10 = s00;
      let s11 = s00;
      let x = a + r * aStride;
      for (let w = start; w < end; w += 32, x += 8) {
        let pair = v128.load_splat<u32>(x);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(v128.load_ext<i8>(w), pair));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(v128.load_ext<i8>(w, 8), pair));
        pair = v128.load_splat<u32>(x, 4);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(v128.load_ext<i8>(w, 16), pair));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(v128.load_ext<i8>(w, 24), pair));
      }
      const to = out + r * outStride + (c << 2);
      const scale = v128.load_splat<u32>(aScales + (r << 2));
      put(to, i32x4.add(s00, s10), f32x4.mul(scale, scale0), bias0);
      put(to + 16, i32x4.add(s01, s11), f32x4.mul(scale, scale1), bias1);
    }
  }
}

/** The rows `ids` (uint32, a multiple of 8 of them) of an int8 table [?, n] as columns for `product`. */
export function gather(table: usize, ids: usize, count: i32, n: i32, out: usize): void {
  for (let c = 0; c < count; c += 8) {
    for (let j = 0; j < 8; j++) {
      const from = table + load<u32>(ids + ((c + j) << 2)) * n;
      const to = out + c * n + (j << 1);
      for (let i = 0; i < n; i += 2) store<u16>(to + (i << 3), load<u16>(from + i));
    }
  }
}

function sum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** x [rows, n] = layer norm of x + y. */
export function addNorm(x: usize, y: usize, rows: i32, n: i32, scale: usize, shift: usize): void {
  const bytes = n << 2;
  for (let r = 0; r < rows; r++, x += bytes, y += bytes) {
    let total = f32x4.splat(0);
    for (let i = 0; i < bytes; i += 16) {
      const both = f32x4.add(v128.load(x + i), v128.load(y + i));
      v128.store(x + i, both);
      total = f32x4.add(total, both);
    }
    const mean = f32x4.splat(sum(total) / <f32>n);
    let squares = f32x4.splat(0);
    for (let i = 0; i < bytes; i += 16) {
      const deviation = f32x4.sub(v128.load(x + i), mean);
      squares = f32x4.add(squares, f32x4.mul(deviation, deviation));
    }
    const factor = f32x4.splat(1 / sqrt<f32>(sum(squares) / <f32>n + EPSILON));
    for (let i = 0; i < bytes; i += 16) {
      const normed = f32x4.mul(f32x4.sub(v128.load(x + i), mean), factor);
      v128.store(x + i, f32x4.add(f32x4.mul(normed, v128.load(scale + i)), v128.load(shift + i)));
    }
  }
}

/** e^x to the last bit but one, of -87 to 88; what is beyond counts as these. Polynomial: https://www.netlib.org/cephes (expf). */
function exp(x: v128): v128 {
  x = f32x4.pmin(f32x4.splat(88), f32x4.pmax(f32x4.splat(-87), x));
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  // ln 2 in two parts, of which the first has few digits.
  x = f32x4.sub(x, f32x4.mul(power, f32x4.splat(0.693359375)));
  x = f32x4.sub(x, f32x4.mul(power, f32x4.splat(-2.1219444e-4)));
  let y = f32x4.splat(1.98756915e-4);
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(x, x)), x), f32x4.splat(1));
  return f32x4.mul(y, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23));
}

/**
 * out [queries, heads * size] = softmax(query key^T) value, by heads, which lie side by side in a row. Rows of queries and of keys
 * and values begin so many bytes apart. weights [heads, keys rounded up to 4]: in
 * proportion, what the last query looked at. `size`: a multiple of 4.
 */
export function attention(
  query: usize,
  queryStride: i32,
  queries: i32,
  key: usize,
  value: usize,
  keyStride: i32,
  keys: i32,
  heads: i32,
  size: i32,
  out: usize,
  weights: usize,
): void {
  const rounded = (keys + 3) & ~3;
  const bytes = size << 2;
  for (let h = 0; h < heads; h++) {
    const head = h * bytes;
    const row = weights + ((h * rounded) << 2);
    for (let i = 0; i < queries; i++) {
      const q = query + i * queryStride + head;
      let top: f32 = -Infinity;
      for (let j = 0; j < keys; j++) {
        const k = key + j * keyStride + head;
        let products = f32x4.splat(0);
        for (let d = 0; d < bytes; d += 16) {
          products = f32x4.add(products, f32x4.mul(v128.load(q + d), v128.load(k + d)));
        }
        const score = sum(products);
        store<f32>(row + (j << 2), score);
        top = max(top, score);
      }
      for (let j = keys; j < rounded; j++) store<f32>(row + (j << 2), -Infinity);
      const highest = f32x4.splat(top);
      let total = f32x4.splat(0);
      for (let j = 0; j < rounded << 2; j += 16) {
        const weight = exp(f32x4.sub(v128.load(row + j), highest));
        v128.store(row + j, weight);
        total = f32x4.add(total, weight);
      }
      const factor = f32x4.splat(1 / sum(total));
      for (let d = 0; d < bytes; d += 16) {
        let values = f32x4.splat(0);
        for (let j = 0; j < keys; j++) {
          const weight = v128.load_splat<u32>(row + (j << 2));
          values = f32x4.add(values, f32x4.mul(weight, v128.load(value + j * keyStride + head + d)));
        }
        v128.store(out + i * heads * bytes + head + d, f32x4.mul(values, factor));
      }
    }
  }
}

/**
 * A simple recurrent unit: state [rows, n] = f state + (1 - f) input with f = sigmoid(gate), inputs and gates side by side
 * [rows, 2 n]; out = ReLU(state).
 */
export function recurrence(inputAndGate: usize, rows: i32, n: i32, state: usize, out: usize): void {
  const bytes = n << 2;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++, inputAndGate += 2 * bytes, state += bytes, out += bytes) {
    for (let i = 0; i < bytes; i += 16) {
      const input = v128.load(inputAndGate + i);
      const keep = f32x4.div(one, f32x4.add(one, exp(f32x4.neg(v128.load(inputAndGate + bytes + i)))));
      const next = f32x4.add(input, f32x4.mul(keep, f32x4.sub(v128.load(state + i), input)));
      v128.store(state + i, next);
      v128.store(out + i, f32x4.pmax(zero, next));
    }
  }
}

/** The place of the greatest of `count` numbers, the first of equals; 0 where there is none. */
export function greatest(x: usize, count: i32): i32 {
  let place = 0;
  let top: f32 = -Infinity;
  for (let i = 0; i < count; i++) {
    const value = load<f32>(x + (i << 2));
    if (value > top) {
      top = value;
      place = i;
    }
  }
  return place;
}

/** out [n] = factor * the row `id` of an int8 table [?, n] + position [n]. */
export function embed(table: usize, id: i32, n: i32, factor: f32, position: usize, out: usize): void {
  const factors = f32x4.splat(factor);
  const row = table + id * n;
  for (let i = 0; i < n; i += 8) {
    const to = out + (i << 2);
    const at = position + (i << 2);
    const numbers = v128.load_ext<i8>(row + i);
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(numbers));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(numbers));
    v128.store(to, f32x4.add(f32x4.mul(low, factors), v128.load(at)));
    v128.store(to, f32x4.add(f32x4.mul(high, factors), v128.load(at, 16)), 16);
  }
}
