// qwen2 (Qwen 2 and 2.5): llama with biases on queries, keys and values.
import type { Architecture } from './architecture.ts';
import { FINE_ROLES } from './llama.ts';
import { readConfig, readRopeDivisor } from './read-config.ts';

export const qwen2: Architecture = {
  name: 'qwen2',
  readPlan(gguf) {
    const { metadata } = gguf;
    const config = readConfig(gguf, 'qwen2');
    return {
      config,
      embeddingScale: 1,
      attentionScale: 1 / Math.sqrt(config.headSize),
      rotaryPairs: 'halves',
      ropeDivisor: readRopeDivisor(metadata, 'qwen2'),
      queryKeyValueBiases: true,
      queryKeyNorms: false,
      postNorms: false,
      activation: 'silu',
      int8: { rotatesResidual: true, fine: FINE_ROLES },
    };
  },
};
