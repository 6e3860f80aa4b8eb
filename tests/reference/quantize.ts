// The ggml block formats written from float32, for test files. Reading them is lib/model/gguf/blocks.
// Layouts: https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h
import { float16Bits } from '../../lib/model/float16.ts';

export const GGML_TYPES = {
  F32: 0,
  F16: 1,
  Q4_0: 2,
  Q4_1: 3,
  Q5_0: 6,
  Q5_1: 7,
  Q8_0: 8,
  Q4_K: 12,
  Q5_K: 13,
  Q6_K: 14,
  BF16: 30,
} as const;
export type GgmlType = keyof typeof GGML_TYPES;

interface BlockWriter {
  values: number;
  bytes: number;
  write(source: Float32Array, target: Uint8Array): void;
}

const WRITERS: Record<Exclude<GgmlType, 'F32'>, BlockWriter> = {
  F16: { values: 1, bytes: 2, write: (source, target) => writeFloat16(target, 0, source[0]) },
  BF16: { values: 1, bytes: 2, write: (source, target) => writeBfloat16(target, source[0]) },
  Q4_0: { values: 32, bytes: 18, write: (source, target) => writeSymmetric(source, target, 8) },
  Q5_0: { values: 32, bytes: 22, write: (source, target) => writeSymmetric(source, target, 16) },
  Q4_1: { values: 32, bytes: 20, write: (source, target) => writeAffine(source, target, 15) },
  Q5_1: { values: 32, bytes: 24, write: (source, target) => writeAffine(source, target, 31) },
  Q8_0: { values: 32, bytes: 34, write: writeQ8 },
  Q4_K: { values: 256, bytes: 144, write: (source, target) => writeRunsOf32(source, target, 15) },
  Q5_K: { values: 256, bytes: 176, write: (source, target) => writeRunsOf32(source, target, 31) },
  Q6_K: { values: 256, bytes: 210, write: writeQ6K },
};

/** `values` as the bytes of a tensor of this type: whole blocks of 32 values, or of 256 for the K formats. */
export function quantize(values: Float32Array, type: GgmlType): Uint8Array<ArrayBuffer> {
  if (type === 'F32') return new Uint8Array(values.slice().buffer);
  const writer = WRITERS[type];
  const blocks = values.length / writer.values;
  if (!Number.isInteger(blocks)) throw new RangeError(`${values.length} values in ${type}`);
  const bytes = new Uint8Array(blocks * writer.bytes);
  for (let block = 0; block < blocks; block++) {
    writer.write(
      values.subarray(block * writer.values, (block + 1) * writer.values),
      bytes.subarray(block * writer.bytes, (block + 1) * writer.bytes),
    );
  }
  return bytes;
}

/** Q4_0 and Q5_0: the value of greatest magnitude becomes -half steps. */
function writeSymmetric(source: Float32Array, target: Uint8Array, half: number): void {
  const greatest = source.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const scale = greatest / -half;
  writeFloat16(target, 0, scale);
  writeHalves(target, 2, half === 16, (i) =>
    scale === 0 ? half : clamp(Math.round(source[i] / scale) + half, 2 * half - 1),
  );
}

/** Q4_1 and Q5_1. */
function writeAffine(source: Float32Array, target: Uint8Array, steps: number): void {
  const min = Math.min(...source);
  const scale = (Math.max(...source) - min) / steps;
  writeFloat16(target, 0, scale);
  writeFloat16(target, 2, min);
  writeHalves(target, 4, steps === 31, (i) => (scale === 0 ? 0 : clamp(Math.round((source[i] - min) / scale), steps)));
}

/** 32 numbers of four bits, two to a byte, behind 32 fifth bits where there are five. */
function writeHalves(target: Uint8Array, at: number, five: boolean, quant: (i: number) => number): void {
  if (five) for (let i = 0; i < 32; i++) target[at + (i >> 3)] |= (quant(i) >> 4) << (i & 7);
  const start = five ? at + 4 : at;
  for (let i = 0; i < 16; i++) target[start + i] = (quant(i) & 15) | ((quant(i + 16) & 15) << 4);
}

function writeQ8(source: Float32Array, target: Uint8Array): void {
  const scale = source.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / 127;
  writeFloat16(target, 0, scale);
  for (let i = 0; i < 32; i++) target[2 + i] = scale === 0 ? 0 : Math.round(source[i] / scale);
}

/** Q4_K and Q5_K. */
function writeRunsOf32(source: Float32Array, target: Uint8Array, steps: number): void {
  const runs = Array.from({ length: 8 }, (_, run) => source.subarray(32 * run, 32 * run + 32));
  const lows = runs.map((run) => Math.max(0, -Math.min(...run)));
  const spans = runs.map((run, i) => (Math.max(...run) + lows[i]) / steps);
  const scale = Math.max(...spans) / 63;
  const minimum = Math.max(...lows) / 63;
  writeFloat16(target, 0, scale);
  writeFloat16(target, 2, minimum);
  const scales = spans.map((span) => (scale === 0 ? 0 : Math.round(span / scale)));
  const minimums = lows.map((low) => (minimum === 0 ? 0 : Math.round(low / minimum)));
  for (let i = 0; i < 4; i++) {
    target[4 + i] = scales[i] | ((scales[4 + i] >> 4) << 6);
    target[8 + i] = minimums[i] | ((minimums[4 + i] >> 4) << 6);
    target[12 + i] = (scales[4 + i] & 15) | ((minimums[4 + i] & 15) << 4);
  }
  const quants = Array.from(source, (value, i) => {
    const run = i >> 5;
    const step = scale * scales[run];
    return step === 0 ? 0 : clamp(Math.round((value + minimum * minimums[run]) / step), steps);
  });
  const low = steps === 31 ? 48 : 16;
  for (const [i, quant] of quants.entries()) {
    const run = i >> 5;
    const j = i & 31;
    target[low + 32 * (run >> 1) + j] |= (quant & 15) << (run & 1 ? 4 : 0);
    if (steps === 31) target[16 + j] |= (quant >> 4) << run;
  }
}

function writeQ6K(source: Float32Array, target: Uint8Array): void {
  const runs = Array.from({ length: 16 }, (_, run) => source.subarray(16 * run, 16 * run + 16));
  const spans = runs.map((run) => run.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / 31);
  const scale = Math.max(...spans) / 127;
  writeFloat16(target, 208, scale);
  for (const [i, value] of source.entries()) {
    const run = i >> 4;
    const step = scale === 0 ? 0 : Math.round(spans[run] / scale);
    target[192 + run] = step;
    const quant = step === 0 ? 32 : clamp(Math.round(value / (scale * step)) + 32, 63);
    const half = i >> 7;
    const quarter = (i >> 5) & 3;
    const j = i & 31;
    target[64 * half + 32 * (quarter & 1) + j] |= (quant & 15) << (quarter & 2 ? 4 : 0);
    target[128 + 32 * half + j] |= (quant >> 4) << (2 * quarter);
  }
}

const clamp = (value: number, greatest: number) => Math.min(greatest, Math.max(0, value));

function writeFloat16(target: Uint8Array, offset: number, value: number): void {
  const bits = float16Bits(value);
  target[offset] = bits & 255;
  target[offset + 1] = bits >> 8;
}

/** Rounded to nearest, as the files are made. */
function writeBfloat16(target: Uint8Array, value: number): void {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0];
  const rounded = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  target[0] = rounded & 255;
  target[1] = (rounded >> 8) & 255;
}
