// llama: RMS norms, grouped-query attention with rotary positions, SwiGLU. Also SmolLM2, Llama 3 and others of that shape.
import type { Architecture, MatrixRole } from './architecture.ts';
import { readConfig, readRopeDivisor } from './read-config.ts';

/**
 * What suffers from a rounded input, as measured on SmolLM2-135M: attention's queries, keys and values, the gate, the down
 * projection (SwiGLU makes single values far beyond the others of their row) and the logits. The others would gain next to nothing.
 */
export const FINE_ROLES: ReadonlySet<MatrixRole> = new Set(['queryKeyValue', 'gate', 'down', 'logits']);

export const llama: Architecture = {
  name: 'llama',
  readPlan(gguf) {
    const { metadata } = gguf;
    const config = readConfig(gguf, 'llama');
    return {
      config,
      embeddingScale: 1,
      attentionScale: 1 / Math.sqrt(config.headSize),
      rotaryPairs: 'adjacent',
      ropeDivisor: readRopeDivisor(metadata, 'llama'),
      queryKeyValueBiases: false,
      queryKeyNorms: false,
      postNorms: false,
      activation: 'silu',
      int8: { rotatesResidual: true, fine: FINE_ROLES },
    };
  },
};
