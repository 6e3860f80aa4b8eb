// Token embeddings, looked up in the model's own block format: exact, and no table in the graph.
import type { BlockFormat } from './blocks/block-format.ts';
import type { Rotation } from './rotation.ts';

export class EmbeddingTable {
  constructor(
    readonly format: BlockFormat,
    readonly columns: number,
    /** One row per token, in `format`. */
    readonly bytes: Uint8Array<ArrayBuffer>,
    /** Set where the graph computes in rotated coordinates. */
    readonly rotation: Rotation | undefined,
  ) {}

  get #rowBytes(): number {
    return (this.columns / this.format.blockValues) * this.format.blockBytes;
  }

  get tokens(): number {
    return this.bytes.length / this.#rowBytes;
  }

  /** Writes the rows of `ids` to `out`, ids.length x columns. Throws RangeError for an id outside the vocabulary. */
  embed(ids: ArrayLike<number>, out: Float32Array): void {
    for (let i = 0; i < ids.length; i++) {
      if (!(ids[i] >= 0 && ids[i] < this.tokens)) throw new RangeError(`no token ${ids[i]}`);
      const row = out.subarray(i * this.columns, (i + 1) * this.columns);
      this.format.dequantize(this.bytes, ids[i] * this.#rowBytes, row);
      this.rotation?.rotateRows(row);
    }
  }
}
