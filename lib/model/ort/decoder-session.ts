// A decoder on ONNX Runtime with its KV cache: static buffers that the graph appends to in place, so that a position is taken back
// by running a smaller one. Knows no tokens and no text.
import type { DecoderConfig } from '../decoder.ts';

/** The inputs and outputs are those of `BuiltDecoder` (lib/model/decoder.ts). */
export interface DecoderSession {
  readonly config: DecoderConfig;
  /** Positions in the KV cache. */
  readonly maxPositions: number;
  /** Most tokens per run. */
  readonly maxTokens: number;
  /** False where positions cannot be taken back, but for all of them: a state that has gone on. Absent: they can. */
  readonly rewinds?: boolean;
  /** Where the embeddings [tokens, hiddenSize] of the next run are written. Valid until the next run. */
  embeddings(tokens: number): Float32Array;
  /**
   * Runs `tokens` embedded tokens at positions past, past + 1, ... and returns the logits [rows.length, vocabulary] of those of
   * their rows, valid until the next run. Throws `out-of-memory`, `device-lost` or `internal`, after which it must not run again.
   */
  run(tokens: number, past: number, rows: readonly number[]): Promise<Float32Array>;
  /** WebAssembly memory in use; it never shrinks, so also its peak. */
  memoryBytes(): number;
  dispose(): void;
}

/** Names of the KV cache's inputs and outputs, in order of layer: [past, present]. */
export function cacheNames(layers: number): [past: string, present: string][] {
  return Array.from({ length: layers }, (_, i) => ['key', 'value'].map((side) => [side, i] as const))
    .flat()
    .map(([side, i]) => [`past_${side}.${i}`, `present_${side}.${i}`]);
}
