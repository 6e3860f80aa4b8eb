// The seam of precision: how a graph multiplies by a weight matrix.
import type { Matrix } from '../matrix.ts';
import type { WeightFile } from '../weight-file.ts';

export interface LinearOptions {
  /** The input has single values far beyond the others of its row: keep the remainder of rounding too. */
  spiky?: boolean;
}

/** Adds y = x W^T to the graph and the weights' bytes to the file; returns y's name. `input` is [..., inputs]. */
export type Linear = (input: string, matrix: Matrix, options?: LinearOptions) => string;

/** A precision's Linear for one graph. */
export type MakeLinear = (weights: WeightFile) => Linear;
