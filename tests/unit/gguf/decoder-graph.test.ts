// Every precision's graph against a forward pass written out in plain loops, on a tiny model.
import { describe, expect, it } from 'vitest';
import { buildDecoder } from '../../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { DecoderSession } from '../../reference/decoder-session.ts';
import { DivergenceMeter, toLogProbabilities } from '../../reference/divergence.ts';
import { llamaLogits } from '../../reference/llama-fp32.ts';
import { tinyGguf, type TinyArchitecture } from '../../reference/tiny-gguf.ts';
import type { Precision } from '../../../lib/model/decoder.ts';

const IDS = [1, 40, 99, 7, 250, 41, 42, 43, 2, 100, 101, 102, 103, 9, 8, 77];
const signal = new AbortController().signal;

async function divergence(gguf: GgufFile, precision: Precision, keyValueType?: 'float16') {
  const decoder = await buildDecoder(gguf, precision, { maxPositions: 32, signal, keyValueType });
  const session = await DecoderSession.open(decoder);
  const meter = new DivergenceMeter();
  const logits = await session.forward(IDS);
  const reference = await llamaLogits(gguf, IDS);
  await session.close();
  const largest = reference.reduce((max, value, i) => Math.max(max, Math.abs(value - logits[i])), 0);
  const { vocabularySize } = decoder.config;
  meter.add(IDS, toLogProbabilities(reference, vocabularySize), toLogProbabilities(logits, vocabularySize));
  return { ...meter.divergence, largest };
}

describe.each([
  { name: 'grouped heads', options: { heads: 4, keyValueHeads: 2 } },
  {
    name: 'odd sizes, mixed types',
    options: { heads: 3, headSize: 32, types: { ffn_up: 'F16', attn_q: 'Q8_0', attn_v: 'F32' } },
  },
  { name: 'an output matrix of its own', options: { untied: true } },
  { name: 'rows of a size that int8 stores farther apart', options: { feedForwardSize: 1024 } },
] as const)('$name', ({ options }) => {
  it('fp32 is the same model', async () => {
    const gguf = await GgufFile.open(tinyGguf(options).buffer);
    const { largest } = await divergence(gguf, 'fp32');
    expect(largest).toBeLessThan(1e-4);
  });

  it('q8 with a half-precision cache is close to it', async () => {
    const gguf = await GgufFile.open(tinyGguf(options).buffer);
    const { kl } = await divergence(gguf, 'q8', 'float16');
    expect(kl).toBeLessThan(0.02);
  });

  it.each([
    { precision: 'int8', bound: 0.05 },
    { precision: 'q8', bound: 0.05 },
  ] as const)('$precision is close to it', async ({ precision, bound }) => {
    const gguf = await GgufFile.open(tinyGguf(options).buffer);
    const { kl } = await divergence(gguf, precision);
    expect(kl).toBeLessThan(bound);
  });
});

describe('the first token', () => {
  async function keysOfLastLayer(
    precision: Precision,
    ids: number[],
    position: number,
    architecture: TinyArchitecture = 'llama',
  ): Promise<number[]> {
    const gguf = await GgufFile.open(tinyGguf({ architecture, heads: 4, keyValueHeads: 2 }).buffer);
    const session = await DecoderSession.open(await buildDecoder(gguf, precision, { maxPositions: 8, signal }));
    await session.forward(ids);
    await session.close();
    return session.keys(1, position);
  }
  const distance = (a: number[], b: number[]) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));

  it.each(['llama', 'qwen2', 'qwen3', 'gemma3'] as const)('has exact keys at position 0 in int8: %s', async (name) => {
    const exact = await keysOfLastLayer('fp32', [1, 5, 6], 0, name);
    expect(distance(await keysOfLastLayer('int8', [1, 5, 6], 0, name), exact)).toBeLessThan(1e-5);
  });

  it('is an ordinary token elsewhere, and leaves other tokens at position 0 alone', async () => {
    for (const [ids, position] of [
      [[5, 1, 6], 1],
      [[5, 1, 6], 0],
    ] as const) {
      const exact = await keysOfLastLayer('fp32', [...ids], position);
      const off = distance(await keysOfLastLayer('int8', [...ids], position), exact);
      expect(off).toBeGreaterThan(1e-5);
      expect(off).toBeLessThan(0.2);
    }
  });
});
