// Measures a built decoder of the default model against its own weights in fp32, over the prompts of this folder.
import { buildDecoder } from '../../lib/model/gguf/build-decoder.ts';
import { tokenizerFromGguf } from '../../lib/model/gguf/tokenizer.ts';
import type { Precision } from '../../lib/model/decoder.ts';
import { DecoderSession } from './decoder-session.ts';
import { DivergenceMeter, toLogProbabilities } from './divergence.ts';
import { LlamaCpp } from './llama-cpp.ts';
import { prompts } from './prompts.ts';
import { openRealModel, REAL_MODEL_PATH } from './real-model.ts';

/** A prompt and what the exact model says at each of its positions. */
export interface Expectation {
  ids: number[];
  logProbabilities: Float32Array;
}

export async function expectations(): Promise<Expectation[]> {
  const { metadata } = await openRealModel();
  const run = await runner('fp32');
  const expected: Expectation[] = [];
  for (const ids of prompts(tokenizerFromGguf(metadata))) {
    expected.push({ ids, logProbabilities: await run.logProbabilities(ids) });
  }
  await run.close();
  return expected;
}

/** How far a precision, or llama.cpp on the same file, is from the exact model: one meter per prompt. */
export async function measure(candidate: Precision | 'llama.cpp', expected: Expectation[]): Promise<DivergenceMeter[]> {
  const run = await runner(candidate);
  const meters: DivergenceMeter[] = [];
  for (const { ids, logProbabilities } of expected) {
    const meter = new DivergenceMeter();
    meter.add(ids, logProbabilities, await run.logProbabilities(ids));
    meters.push(meter);
  }
  await run.close();
  return meters;
}

interface Runner {
  logProbabilities(ids: number[]): Promise<Float32Array>;
  close(): Promise<void>;
}

async function runner(candidate: Precision | 'llama.cpp'): Promise<Runner> {
  const gguf = await openRealModel();
  const vocabulary = gguf.tensor('token_embd.weight').rows;
  if (candidate === 'llama.cpp') {
    const llama = await LlamaCpp.open(REAL_MODEL_PATH);
    return { logProbabilities: (ids) => llama.logProbabilities(ids, vocabulary), close: () => llama.close() };
  }
  const options = { maxPositions: 256, signal: new AbortController().signal };
  const session = await DecoderSession.open(await buildDecoder(gguf, candidate, options));
  return {
    async logProbabilities(ids) {
      session.reset();
      return toLogProbabilities(await session.forward(ids), vocabulary);
    },
    close: () => session.close(),
  };
}
