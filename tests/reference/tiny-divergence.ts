// How far the graphs of a tiny model of one architecture and block format are from llama.cpp on the same file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDecoder } from '../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import type { Precision } from '../../lib/model/decoder.ts';
import { DecoderSession } from './decoder-session.ts';
import { DivergenceMeter, toLogProbabilities, type Divergence } from './divergence.ts';
import { LlamaCpp } from './llama-cpp.ts';
import { tinyGguf, tinyVocabulary, type TinyGgufOptions } from './tiny-gguf.ts';

/** Longer than the tiny Gemma's window of 8, so that what is outside it matters. */
const TOKENS = 40;
const IDS = Array.from({ length: TOKENS }, (_, i) => (i === 0 ? 1 : 3 + ((i * 37) % 250)));

/** Rows of 256, which the K formats need, in heads of another size than channels / heads. Gemma's sixth layer is its first global one. */
export function tinyShape(options: TinyGgufOptions): TinyGgufOptions {
  const gemma = options.architecture === 'gemma3';
  const sizes = { layers: gemma ? 6 : 2, heads: 4, keyValueHeads: 2, hiddenSize: 256, feedForwardSize: 512 };
  const { matrixType = 'F32' } = options;
  return { ...sizes, headSize: 64, untied: gemma, matrixType, types: { token_embd: matrixType }, ...options };
}

export async function tinyDivergences<P extends Precision>(
  options: TinyGgufOptions,
  precisions: readonly P[],
): Promise<Record<P, Divergence>> {
  const bytes = tinyGguf(tinyShape(options));
  const vocabulary = tinyVocabulary().length;
  const reference = await llamaLogProbabilities(bytes, vocabulary);
  const measured = {} as Record<P, Divergence>;
  for (const precision of precisions) {
    const gguf = await GgufFile.open(bytes.buffer);
    const options = { maxPositions: 64, signal: new AbortController().signal };
    const session = await DecoderSession.open(await buildDecoder(gguf, precision, options));
    const meter = new DivergenceMeter();
    meter.add(IDS, reference, toLogProbabilities(await session.forward(IDS), vocabulary));
    await session.close();
    measured[precision] = meter.divergence;
  }
  return measured;
}

async function llamaLogProbabilities(bytes: Uint8Array, vocabulary: number): Promise<Float32Array> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-tiny-'));
  try {
    const path = join(folder, 'tiny.gguf');
    await writeFile(path, bytes);
    const llama = await LlamaCpp.open(path);
    const logProbabilities = await llama.logProbabilities(IDS, vocabulary);
    await llama.close();
    return logProbabilities;
  } finally {
    await rm(folder, { recursive: true });
  }
}
