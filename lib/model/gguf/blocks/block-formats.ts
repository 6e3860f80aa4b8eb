// The ways in which GGUF files store numbers: one file each, one line here.
import type { BlockFormat } from './block-format.ts';
import { f16 } from './f16.ts';
import { f32 } from './f32.ts';
import { q4_1 } from './q4-1.ts';
import { q8_0 } from './q8-0.ts';

/** By ggml's type number. */
export const BLOCK_FORMATS: ReadonlyMap<number, BlockFormat> = new Map(
  [f32, f16, q4_1, q8_0].map((format) => [format.type, format]),
);
