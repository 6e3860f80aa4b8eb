// The seam of precision: how a graph multiplies by a weight matrix.
import type { Matrix } from '../matrix.ts';
import type { WeightFile } from '../weight-file.ts';

export interface LinearOptions {
  /** Worth more precision than the rest: where the input is rounded, the remainder is kept too. */
  fine?: boolean;
}

/** Adds y = x W^T to the graph and the weights' bytes to the file; returns y's name. `input` is [..., inputs]. */
export type Linear = (input: string, matrix: Matrix, options?: LinearOptions) => string;

/** A precision's Linear for one graph. */
export type MakeLinear = (weights: WeightFile) => Linear;
