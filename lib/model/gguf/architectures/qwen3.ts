// qwen3: llama with an RMS norm over each head of queries and keys, and heads of a size of their own.
import type { Architecture } from './architecture.ts';
import { FINE_ROLES } from './llama.ts';
import { readConfig, readRopeDivisor } from './read-config.ts';

export const qwen3: Architecture = {
  name: 'qwen3',
  readPlan(gguf) {
    const { metadata } = gguf;
    const config = readConfig(gguf, 'qwen3');
    return {
      config,
      embeddingScale: 1,
      attentionScale: 1 / Math.sqrt(config.headSize),
      rotaryPairs: 'halves',
      ropeDivisor: readRopeDivisor(metadata, 'qwen3'),
      queryKeyValueBiases: false,
      queryKeyNorms: true,
      postNorms: false,
      activation: 'silu',
      int8: { rotatesResidual: true, fine: FINE_ROLES },
    };
  },
};
