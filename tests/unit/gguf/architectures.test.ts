// Every architecture and every block format against llama.cpp on the same small file: what it computes, we compute.
import { describe, expect, it } from 'vitest';
import { BLOCK_FORMATS } from '../../../lib/model/gguf/blocks/block-formats.ts';
import { GGML_TYPES, type GgmlType } from '../../reference/quantize.ts';
import { tinyDivergences } from '../../reference/tiny-divergence.ts';

const ARCHITECTURES = ['llama', 'qwen2', 'qwen3', 'gemma3'] as const;
const FORMATS = Object.keys(GGML_TYPES) as GgmlType[];
/** llama.cpp keeps its cache in half precision, and Gemma's GELU in a table of it. */
const SAME = 3e-4;
/** llama.cpp rounds what it multiplies by quantized matrices to 8 bits; a model of random weights makes much of that. */
const ROUNDED = 0.1;
const MINUTE = 60_000;

it('covers the formats that we read', () => {
  expect(FORMATS.map((format) => GGML_TYPES[format]).toSorted()).toEqual([...BLOCK_FORMATS.keys()].toSorted());
});

describe.each(ARCHITECTURES)('%s', (architecture) => {
  it(
    'is the same model, and int8 and 8-bit blocks are close to it',
    async () => {
      const { fp32, int8, q8 } = await tinyDivergences({ architecture }, ['fp32', 'int8', 'q8']);
      expect(fp32.kl).toBeLessThan(SAME);
      expect(fp32.top1).toBeGreaterThanOrEqual(0.97);
      expect(int8.kl).toBeLessThan(ROUNDED);
      expect(q8.kl).toBeLessThan(ROUNDED);
    },
    MINUTE,
  );
});

/** Reading knows no architecture; docs/models.md has all of both. */
it.each(FORMATS.filter((format) => format !== 'F32'))(
  'reads %s',
  async (matrixType) => {
    const { fp32 } = await tinyDivergences({ matrixType }, ['fp32']);
    expect(fp32.kl).toBeLessThan(matrixType.includes('F16') ? 10 * SAME : ROUNDED);
  },
  MINUTE,
);

it.each([
  ['factors of the rotary frequencies', { architecture: 'llama', ropeFactors: true }],
  ['an output matrix of its own', { architecture: 'qwen3', untied: true }],
  ['as many channels as heads hold', { architecture: 'qwen2', heads: 4, headSize: 32, hiddenSize: 128 }],
  [
    'stretched positions',
    {
      architecture: 'llama',
      metadata: { 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': { float32: 4 } },
    },
  ],
] as const)(
  'is the same model with %s',
  async (_, options) => {
    const { fp32 } = await tinyDivergences(options, ['fp32']);
    expect(fp32.kl).toBeLessThan(SAME);
  },
  MINUTE,
);
