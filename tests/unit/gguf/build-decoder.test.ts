// Building decoders: what cannot be built is refused, a build can be stopped, weights are found where the graph says.
import { describe, expect, it } from 'vitest';
import { buildDecoder } from '../../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { Rotation } from '../../../lib/model/gguf/rotation.ts';
import { writeGguf } from '../../reference/gguf-writer.ts';
import { gaussian, tinyGguf } from '../../reference/tiny-gguf.ts';

const signal = new AbortController().signal;

it('refuses an architecture that it does not know', async () => {
  const gguf = await GgufFile.open(writeGguf({ 'general.architecture': 'mamba' }, []).buffer);
  await expect(buildDecoder(gguf, 'int8', { maxPositions: 8, signal })).rejects.toMatchObject({ code: 'unsupported' });
});

it('refuses a model with a part that it would leave out', async () => {
  const gguf = await GgufFile.open(tinyGguf({ extra: 'blk.0.attn_q.bias' }).buffer);
  await expect(buildDecoder(gguf, 'fp32', { maxPositions: 8, signal })).rejects.toThrow(/unsupported.*attn_q\.bias/);
});

it('stops when asked to, between two pieces of work', async () => {
  const gguf = await GgufFile.open(tinyGguf({ layers: 8, heads: 4, feedForwardSize: 1024 }).buffer);
  const controller = new AbortController();
  const built = buildDecoder(gguf, 'int8', {
    maxPositions: 8,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(built).rejects.toMatchObject({ code: 'aborted' });
});

it('reports progress up to 1', async () => {
  const seen: number[] = [];
  const gguf = await GgufFile.open(tinyGguf().buffer);
  await buildDecoder(gguf, 'q8', { maxPositions: 8, signal, onProgress: (fraction) => seen.push(fraction) });
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

describe('embeddings', () => {
  it('are the table of the file, and rotated for int8', async () => {
    const gguf = await GgufFile.open(tinyGguf().buffer);
    const plain = new Float32Array(2 * 128);
    (await buildDecoder(gguf, 'fp32', { maxPositions: 8, signal })).embed([7, 200], plain);
    const table = await gguf.readRows(gguf.tensor('token_embd.weight'));
    expect(plain).toEqual(Float32Array.of(...table.slice(7 * 128, 8 * 128), ...table.slice(200 * 128, 201 * 128)));

    const rotated = new Float32Array(2 * 128);
    const int8 = await buildDecoder(gguf, 'int8', { maxPositions: 8, signal });
    int8.embed([7, 200], rotated);
    new Rotation(128).rotateRows(plain);
    expect(rotated).toEqual(plain);
    expect(() => int8.embed([288], rotated)).toThrow(RangeError);
  });
});

describe.each([64, 96, 576, 960])('the rotation of %i', (size) => {
  const rotation = new Rotation(size);
  const random = gaussian(size);

  it('keeps lengths and angles', () => {
    const a = Float32Array.from({ length: size }, random);
    const b = Float32Array.from({ length: size }, random);
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
    const both = Float32Array.of(...a, ...b);
    rotation.rotateRows(both);
    expect(dot(both.subarray(0, size), both.subarray(size))).toBeCloseTo(dot(a, b), 3);
    expect(dot(both.subarray(0, size), both.subarray(0, size))).toBeCloseTo(dot(a, a), 2);
  });

  it('spreads one spike over all channels', () => {
    for (const channel of [0, 5, size - 1]) {
      const spike = new Float32Array(size);
      spike[channel] = 1;
      rotation.rotateRows(spike);
      expect(Math.max(...spike.map(Math.abs))).toBeLessThan(2 / Math.sqrt(size));
    }
  });

  it('does to columns what it does to rows', () => {
    const columns = 3;
    const matrix = Float32Array.from({ length: size * columns }, random);
    const rows = new Float32Array(matrix.length);
    const transpose = (from: Float32Array, to: Float32Array, height: number, width: number) => {
      for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) to[j * height + i] = from[i * width + j];
    };
    transpose(matrix, rows, size, columns);
    rotation.rotateRows(rows);
    rotation.rotateColumns(matrix, columns);
    const back = new Float32Array(matrix.length);
    transpose(rows, back, columns, size);
    for (const [i, value] of matrix.entries()) expect(value).toBeCloseTo(back[i], 4);
  });
});
