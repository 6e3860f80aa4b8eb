// The translator's kernels one by one, against the same in plain numbers.
import { beforeAll, expect, it } from 'vitest';
import { Arena } from '../../../lib/model/marian/arena.ts';
import { openKernels } from '../../reference/marian-pack.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open(await openKernels());
});

/** Between -1 and 1, the same every time. */
function noise(length: number, seed = 1): number[] {
  return Array.from({ length }, (_, i) => Math.sin(seed * 1000 + i * i * 0.7));
}

/** [rows, n] as int16 numbers and scales, in the arena. */
function quantized(x: number[], rows: number, floor = -Infinity, steps = 0x7fff) {
  const n = x.length / rows;
  const numbers = arena.take(2 * x.length);
  const scales = arena.take(4 * rows);
  arena.kernels.quantize(arena.takeFloats(x), rows, n, floor, steps, numbers, scales);
  const { buffer } = arena.kernels.memory;
  return { numbers, scales, values: new Int16Array(buffer, numbers, x.length), steps: arena.floats(scales, rows) };
}

it('rounds each row by its own greatest number', () => {
  const x = [...noise(16).map((value) => value * 1000), ...noise(16, 2).map((value) => value / 1000)];
  const { values, steps } = quantized(x, 2);
  for (const [i, value] of x.entries()) {
    const step = steps[Math.floor(i / 16)];
    expect(Math.abs(values[i] * step - value)).toBeLessThan(0.51 * step);
  }
});

it('rounds what is below the floor to the floor, and nothing to nothing', () => {
  expect([...quantized([-5, 1, -1, 2, 0, -3, 4, -2], 1, 0, 100).values]).toEqual([0, 25, 0, 50, 0, 0, 100, 0]);
  expect([...quantized(Array<number>(8).fill(0), 1).values]).toEqual(Array(8).fill(0));
});

it.each([1, 2, 3, 4, 5, 7, 8, 9])('multiplies %i rows as plain loops do', (rows) => {
  const [n, columns] = [24, 16];
  const x = noise(rows * n, rows);
  const weights = noise(columns * n, 3).map((value) => Math.round(value * 127));
  const scales = noise(columns, 4);
  const bias = noise(columns, 5);
  const table = arena.take(weights.length);
  arena.bytes(table, weights.length).set(weights);
  const ids = arena.takeIntegers(Uint32Array.from({ length: columns }, (_, id) => id));
  const matrix = arena.take(weights.length);
  arena.kernels.gather(table, ids, columns, n, matrix);
  const a = quantized(x, rows);
  const out = arena.take(4 * rows * columns);
  const [b, bScales] = [arena.takeFloats(bias), arena.takeFloats(scales)];
  arena.kernels.product(a.numbers, a.scales, rows, n, matrix, bScales, columns, b, out);
  const found = arena.floats(out, rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x[row * n + i] * weights[column * n + i];
      expect(found[row * columns + column]).toBeCloseTo(sum * scales[column] + bias[column], 1);
    }
  }
});

it('looks at what scores most, however great or small the scores are', () => {
  const [heads, size, keys] = [2, 4, 3];
  for (const greatness of [1e-6, 1, 1e6]) {
    const query = arena.takeFloats(Array<number>(heads * size).fill(greatness));
    const key = arena.takeFloats(Array.from({ length: keys * heads * size }, (_, i) => Math.floor(i / (heads * size))));
    const [out, weights] = [arena.take(4 * heads * size), arena.take(4 * heads * 4)];
    const stride = 4 * heads * size;
    arena.kernels.attention(query, stride, 1, key, key, stride, keys, heads, size, out, weights);
    const scores = [0, 1, 2].map((each) => Math.exp(greatness * size * (each - 2)));
    const total = scores.reduce((sum, score) => sum + score);
    const looks = [...arena.floats(weights, keys)];
    const all = looks.reduce((sum, look) => sum + look);
    for (const [i, score] of scores.entries()) expect(looks[i] / all).toBeCloseTo(score / total, 5);
    const mean = scores.reduce((sum, score, i) => sum + (i * score) / total, 0);
    for (const value of arena.floats(out, heads * size)) expect(value).toBeCloseTo(mean, 5);
  }
});

it('keeps or forgets as the gate says, and never says a number that is none', () => {
  const inputs = [1, -1, 2, -2, 3, -3, 4, -4];
  const gates = [-1e6, 1e6, 0, 0, -100, 100, 1, -1];
  const state = arena.takeFloats(Array<number>(8).fill(10));
  const out = arena.take(32);
  arena.kernels.recurrence(arena.takeFloats([...inputs, ...gates]), 1, 8, state, out);
  const expected = inputs.map((input, i) => {
    const keep = 1 / (1 + Math.exp(-gates[i]));
    return keep * 10 + (1 - keep) * input;
  });
  for (const [i, value] of expected.entries()) {
    expect(arena.floats(state, 8)[i]).toBeCloseTo(value, 4);
    expect(arena.floats(out, 8)[i]).toBeCloseTo(Math.max(0, value), 4);
  }
});

it('norms a sum by its own mean and spread, also where there is none', () => {
  const [x, y] = [noise(16), noise(16, 2)];
  const [scale, shift] = [noise(16, 3), noise(16, 4)];
  const normed = arena.takeFloats(x);
  arena.kernels.addNorm(normed, arena.takeFloats(y), 1, 16, arena.takeFloats(scale), arena.takeFloats(shift));
  const both = x.map((value, i) => value + y[i]);
  const mean = both.reduce((sum, value) => sum + value) / 16;
  const spread = Math.sqrt(both.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 16 + 1e-6);
  for (const [i, value] of both.entries()) {
    expect(arena.floats(normed, 16)[i]).toBeCloseTo(((value - mean) / spread) * scale[i] + shift[i], 4);
  }
  const same = arena.takeFloats(Array<number>(16).fill(7));
  arena.kernels.addNorm(same, same, 1, 16, arena.takeFloats(scale), arena.takeFloats(shift));
  for (const [i, value] of shift.entries()) expect(arena.floats(same, 16)[i]).toBeCloseTo(value, 5);
});

it('chooses the first of the greatest, and the first of all where there is no number', () => {
  const greatest = (values: number[]) => arena.kernels.greatest(arena.takeFloats(values), values.length);
  expect(greatest([1, 3, 2, 3])).toBe(1);
  expect(greatest([-5, -4])).toBe(1);
  expect(greatest([NaN, NaN])).toBe(0);
});

it('hands memory out again after its scope, and keeps what stands before it', () => {
  const kept = arena.takeFloats([1, 2, 3]);
  const first = arena.scoped(() => arena.take(100_000));
  expect(arena.scoped(() => arena.take(100_000))).toBe(first);
  expect([...arena.floats(kept, 3)]).toEqual([1, 2, 3]);
  expect(() => arena.take(2 ** 33)).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
  expect(arena.take(8)).toBe(first);
});
