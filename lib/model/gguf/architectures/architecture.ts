// The seam of architectures: what a GGUF's `general.architecture` has to say to become a graph.
import type { DecoderConfig } from '../../decoder.ts';
import type { Basis } from '../basis.ts';
import type { FirstToken } from '../first-token.ts';
import type { GgufFile } from '../gguf-file.ts';
import type { Linear } from '../linears/linear.ts';
import type { Metadata } from '../metadata.ts';
import type { WeightFile } from '../weight-file.ts';

/** What an architecture builds with; the precision has chosen `linear` and `basis`. */
export interface DecoderDraft {
  gguf: GgufFile;
  config: DecoderConfig;
  weights: WeightFile;
  linear: Linear;
  basis: Basis;
  maxPositions: number;
  keyValueType: 'float32' | 'float16';
  /** Set where its keys and values at position 0 are to be exact. */
  firstToken: FirstToken | undefined;
}

export interface Architecture {
  /** As in `general.architecture`. */
  name: string;
  readConfig(metadata: Metadata, gguf: GgufFile): DecoderConfig;
  /** Adds the whole graph, inputs and outputs as in lib/model/decoder.ts. Throws `model-corrupt` for missing tensors. */
  write(draft: DecoderDraft): Promise<void>;
}
