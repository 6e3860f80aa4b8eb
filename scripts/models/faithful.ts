// How far a real model's built decoders, and llama.cpp on the same file, are from its own weights in fp32, over a few hundred
// positions of the texts that the tests measure with.
import { openAsBlob } from 'node:fs';
import type { Precision } from '../../lib/model/decoder.ts';
import { buildDecoder } from '../../lib/model/gguf/build-decoder.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import { readTokenizerData } from '../../lib/model/gguf/tokenizer-data.ts';
import { createTokenizer } from '../../lib/model/gguf/tokenizer.ts';
import { DecoderSession } from '../../tests/reference/decoder-session.ts';
import { DivergenceMeter, toLogProbabilities, type Divergence } from '../../tests/reference/divergence.ts';
import { LlamaCpp } from '../../tests/reference/llama-cpp.ts';
import { TEXTS } from '../../tests/reference/prompts.ts';

export type Faithfulness = Record<'int8' | 'q8' | 'llama.cpp', Divergence>;

const PROMPTS = 8;
const PROMPT_TOKENS = 48;

export async function measureFaithfulness(path: string): Promise<Faithfulness> {
  const file = await openAsBlob(path);
  const { metadata } = await GgufFile.open(file);
  const data = readTokenizerData(metadata);
  const tokenizer = createTokenizer(data);
  // Behind the token that the model's prompts begin with; as plain text, since not every model here has a chat template.
  const begin = data.beginOfText ?? data.tokens.indexOf(data.bosToken);
  const prompts = TEXTS.slice(0, PROMPTS).map((text) => [begin, ...tokenizer.encode(text)].slice(0, PROMPT_TOKENS));
  const vocabulary = data.tokens.length;

  async function built(precision: Precision): Promise<Float32Array[]> {
    const options = { maxPositions: 64, signal: new AbortController().signal };
    const session = await DecoderSession.open(await buildDecoder(await GgufFile.open(file), precision, options));
    const all: Float32Array[] = [];
    for (const ids of prompts) {
      session.reset();
      all.push(toLogProbabilities(await session.forward(ids), vocabulary));
    }
    await session.close();
    return all;
  }
  async function llamaCpp(): Promise<Float32Array[]> {
    const llama = await LlamaCpp.open(path);
    const all: Float32Array[] = [];
    for (const ids of prompts) all.push(await llama.logProbabilities(ids, vocabulary));
    await llama.close();
    return all;
  }

  const reference = await built('fp32');
  const against = (candidate: Float32Array[]) => {
    const meter = new DivergenceMeter();
    for (const [i, ids] of prompts.entries()) meter.add(ids, reference[i], candidate[i]);
    console.log(path, meter.divergence);
    return meter.divergence;
  };
  return {
    int8: against(await built('int8')),
    q8: against(await built('q8')),
    'llama.cpp': against(await llamaCpp()),
  };
}
