// What the file knows about one way of storing numbers.

export interface BlockFormat {
  name: string;
  /** ggml's type number. */
  type: number;
  /** Values per block, and the block's size. */
  blockValues: number;
  blockBytes: number;
  /** Fills `out` (whole blocks) with the values of the blocks that begin at `offsetBytes`. */
  dequantize(bytes: Uint8Array, offsetBytes: number, out: Float32Array): void;
}
