// The seam of architectures: what a GGUF's `general.architecture` has to say to become a graph (lib/model/gguf/decoder-graph.ts).
import type { DecoderConfig } from '../../decoder.ts';
import type { GgufFile } from '../gguf-file.ts';

/** What a matrix multiplies: the parts of a decoder that may differ in what rounding costs them. */
export type MatrixRole = 'queryKeyValue' | 'attentionOutput' | 'gate' | 'up' | 'down' | 'logits';

/** All that tells one decoder from another, beside its weights. */
export interface DecoderPlan {
  config: DecoderConfig;
  /** Factor of the embeddings on their way in. */
  embeddingScale: number;
  /** Factor of queries times keys. */
  attentionScale: number;
  /** How the file orders the rows of queries and keys: pairs side by side, or the first members of all pairs before the second. */
  rotaryPairs: 'adjacent' | 'halves';
  /** Positions are divided by this before they turn anything. */
  ropeDivisor: number;
  queryKeyValueBiases: boolean;
  /** An RMS norm over each head of queries and keys, before they turn. */
  queryKeyNorms: boolean;
  /** An RMS norm of what attention and feed-forward add, too. */
  postNorms: boolean;
  activation: 'silu' | 'gelu';
  /** Layers that see the latest `tokens` only, with positions of their own; every `globalEvery`-th one sees all. */
  slidingWindow?: { tokens: number; ropeTheta: number; globalEvery: number };
  int8: Int8Plan;
}

/** How int8 keeps the model's quality, as measured (docs/models.md). */
export interface Int8Plan {
  /** Whether the residual stream is rotated: possible where every norm's weight can be folded into the matrix behind it. */
  rotatesResidual: boolean;
  /** Matrices for which the remainder of a rounded input is kept too. */
  fine: ReadonlySet<MatrixRole>;
}

export interface Architecture {
  /** As in `general.architecture`. */
  name: string;
  /** Throws `unsupported` for variants that would compute something else, `model-corrupt` for missing or absurd values. */
  readPlan(gguf: GgufFile): DecoderPlan;
}

/** Whether this layer sees only a window of the latest tokens. */
export function isLocal({ slidingWindow }: DecoderPlan, layer: number): boolean {
  return slidingWindow !== undefined && (layer + 1) % slidingWindow.globalEvery !== 0;
}
