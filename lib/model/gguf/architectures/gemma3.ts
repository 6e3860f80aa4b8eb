// gemma3: scaled embeddings, norms before and after attention and feed-forward, normed queries and keys, GELU, and five layers in
// six that see a window of the latest tokens only.
import type { Architecture, MatrixRole } from './architecture.ts';
import { readConfig, readRopeDivisor } from './read-config.ts';

const HEAD_SIZE = 256;
/** The 27B model, which divides its queries by another size than that of its heads. */
const LAYERS_OF_27B = 62;
const WINDOW = { globalEvery: 6, ropeTheta: 10000 };
const ALL_ROLES: ReadonlySet<MatrixRole> = new Set([
  'queryKeyValue',
  'attentionOutput',
  'gate',
  'up',
  'down',
  'logits',
]);

export const gemma3: Architecture = {
  name: 'gemma3',
  readPlan(gguf) {
    const { metadata } = gguf;
    const config = readConfig(gguf, 'gemma3', HEAD_SIZE);
    const { hiddenSize, heads, headSize, layers } = config;
    return {
      config: { ...config, ropeTheta: metadata.number('gemma3.rope.freq_base', 1e6) },
      embeddingScale: Math.sqrt(hiddenSize),
      attentionScale: 1 / Math.sqrt(layers === LAYERS_OF_27B ? hiddenSize / heads : headSize),
      rotaryPairs: 'halves',
      ropeDivisor: readRopeDivisor(metadata, 'gemma3'),
      queryKeyValueBiases: false,
      queryKeyNorms: true,
      postNorms: true,
      activation: 'gelu',
      slidingWindow: {
        tokens: metadata.number('gemma3.attention.sliding_window'),
        globalEvery: WINDOW.globalEvery,
        ropeTheta: metadata.number('gemma3.rope.freq_base_swa', WINDOW.ropeTheta),
      },
      // The norms behind attention and feed-forward have weights that no matrix follows: the stream cannot be rotated for free.
      int8: { rotatesResidual: false, fine: ALL_ROLES },
    };
  },
};
