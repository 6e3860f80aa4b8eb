// The seam inside the model layer: a decoder as built for one device (lib/model/gguf writes it, lib/model/runtime runs it).
// Types only; nothing here knows a file format or a browser.

import type { ByteSource } from './file-store.ts';

/** Sizes of a transformer decoder, as its file states them. */
export interface DecoderConfig {
  architecture: string;
  layers: number;
  heads: number;
  keyValueHeads: number;
  headSize: number;
  hiddenSize: number;
  feedForwardSize: number;
  vocabularySize: number;
  /** Positions that it was trained for. */
  contextLength: number;
  ropeTheta: number;
  normEpsilon: number;
}

/** int8: CPU, rotated, one scale per row, hi/lo down projection. q8: WebGPU, blocks of 32. fp32: the reference in tests. */
export type Precision = 'int8' | 'q8' | 'fp32';

/**
 * The graph's inputs and outputs, the same for every architecture and precision:
 *   x          float32 [1, S, hidden]   embedded tokens (looked up and, where rotated, rotated by `embed`)
 *   seqlens_k  int32 [1]                past + S - 1
 *   total      int32 []                 past + S
 *   rows       int64 [n], n >= 1        rows of S whose logits are wanted
 *   past_key.i, past_value.i  float32 (float16 where `keyValueType` says so) [1, keyValueHeads, maxPositions, headSize]
 *   logits     float32 [n, vocabulary]
 *   present_key.i, present_value.i      may be bound to the same buffers as the past: appended in place
 */
export interface BuiltDecoder {
  config: DecoderConfig;
  precision: Precision;
  /** Length of the rotary tables, so the most positions that the graph can serve. */
  maxPositions: number;
  keyValueType: 'float32' | 'float16';
  /** The ONNX ModelProto (under 1 MB); its initializers lie in the external file `weights.bin`. */
  graph: Uint8Array<ArrayBuffer>;
  weights: ByteSource;
  /** Writes the embeddings of `ids` to `out` (ids.length x hiddenSize). */
  embed: (ids: ArrayLike<number>, out: Float32Array) => void;
}
