// The ways in which GGUF files store numbers: one file each, one line here.
import { bf16 } from './bf16.ts';
import type { BlockFormat } from './block-format.ts';
import { f16 } from './f16.ts';
import { f32 } from './f32.ts';
import { q4_0 } from './q4-0.ts';
import { q4_1 } from './q4-1.ts';
import { q4_k } from './q4-k.ts';
import { q5_0 } from './q5-0.ts';
import { q5_1 } from './q5-1.ts';
import { q5_k } from './q5-k.ts';
import { q6_k } from './q6-k.ts';
import { q8_0 } from './q8-0.ts';

/** By ggml's type number. */
export const BLOCK_FORMATS: ReadonlyMap<number, BlockFormat> = new Map(
  [f32, f16, bf16, q4_0, q4_1, q5_0, q5_1, q8_0, q4_k, q5_k, q6_k].map((format) => [format.type, format]),
);

/** ggml's names of the formats that we do not read, to say which one a file has. */
const OTHER_FORMATS: ReadonlyMap<number, string> = new Map([
  [9, 'Q8_1'],
  [10, 'Q2_K'],
  [11, 'Q3_K'],
  [15, 'Q8_K'],
  [16, 'IQ2_XXS'],
  [17, 'IQ2_XS'],
  [18, 'IQ3_XXS'],
  [19, 'IQ1_S'],
  [20, 'IQ4_NL'],
  [21, 'IQ3_S'],
  [22, 'IQ2_S'],
  [23, 'IQ4_XS'],
  [24, 'I8'],
  [25, 'I16'],
  [26, 'I32'],
  [27, 'I64'],
  [28, 'F64'],
  [29, 'IQ1_M'],
  [34, 'TQ1_0'],
  [35, 'TQ2_0'],
  [39, 'MXFP4'],
]);

export function formatName(type: number): string {
  return BLOCK_FORMATS.get(type)?.name ?? OTHER_FORMATS.get(type) ?? `type ${type}`;
}
