// What a decoder's graph is built with: the plan of its architecture, the choices of its precision, and where both are written.
import type { DecoderPlan } from './architectures/architecture.ts';
import type { Basis } from './basis.ts';
import type { FirstToken } from './first-token.ts';
import type { GgufFile } from './gguf-file.ts';
import type { Linear } from './linears/linear.ts';
import type { WeightFile } from './weight-file.ts';

export interface DecoderDraft {
  gguf: GgufFile;
  plan: DecoderPlan;
  weights: WeightFile;
  linear: Linear;
  basis: Basis;
  maxPositions: number;
  keyValueType: 'float32' | 'float16';
  /** Set where its keys and values at position 0 are to be exact. */
  firstToken: FirstToken | undefined;
}
