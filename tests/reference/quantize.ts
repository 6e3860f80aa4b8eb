// The ggml block formats written from float32, for test files. Reading them is lib/model/gguf/blocks.
import { float16Bits } from '../../lib/model/float16.ts';

export const GGML_TYPES = { F32: 0, F16: 1, Q4_1: 3, Q8_0: 8 } as const;
export type GgmlType = keyof typeof GGML_TYPES;

const BLOCK = 32;

/** `values` as the bytes of a tensor of this type. Blocked types need a multiple of 32 values. */
export function quantize(values: Float32Array, type: GgmlType): Uint8Array<ArrayBuffer> {
  if (type === 'F32') return new Uint8Array(values.slice().buffer);
  if (type === 'F16') return new Uint8Array(Uint16Array.from(values, float16Bits).buffer);
  const blocks = values.length / BLOCK;
  const blockBytes = type === 'Q8_0' ? 34 : 20;
  const bytes = new Uint8Array(blocks * blockBytes);
  for (let block = 0; block < blocks; block++) {
    const source = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    const target = bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
    if (type === 'Q8_0') writeQ8Block(source, target);
    else writeQ4Block(source, target);
  }
  return bytes;
}

function writeQ8Block(source: Float32Array, target: Uint8Array): void {
  const scale = source.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / 127;
  writeFloat16(target, 0, scale);
  for (let i = 0; i < BLOCK; i++) target[2 + i] = scale === 0 ? 0 : Math.round(source[i] / scale);
}

function writeQ4Block(source: Float32Array, target: Uint8Array): void {
  const min = Math.min(...source);
  const scale = (Math.max(...source) - min) / 15;
  writeFloat16(target, 0, scale);
  writeFloat16(target, 2, min);
  const quant = (i: number) => (scale === 0 ? 0 : Math.round((source[i] - min) / scale));
  for (let i = 0; i < BLOCK / 2; i++) target[4 + i] = quant(i) | (quant(i + BLOCK / 2) << 4);
}

function writeFloat16(target: Uint8Array, offset: number, value: number): void {
  const bits = float16Bits(value);
  target[offset] = bits & 255;
  target[offset + 1] = bits >> 8;
}
