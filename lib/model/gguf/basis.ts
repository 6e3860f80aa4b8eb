// The coordinates in which a decoder graph computes: the model's own, or rotated ones that int8 rounds with less loss.
// A rotation is folded into the weights; in exact arithmetic the model stays the same.
import { changedMatrix, wholeMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { Rotation } from './rotation.ts';

export interface Basis {
  /** A matrix that reads the normalized residual stream; `gain` is the norm's weight. */
  readsResidual(matrix: Matrix, gain: Float32Array): Matrix;
  /** The weight that the norm itself still has. */
  normWeight(gain: Float32Array): Float32Array;
  /** A matrix that adds to the residual stream. */
  writesResidual(matrix: Matrix): Matrix;
  /** The value projection, whose rows are heads of `headSize`. */
  writesHeads(matrix: Matrix, headSize: number): Matrix;
  /** The attention output projection, whose columns are heads of `headSize`. */
  readsHeads(matrix: Matrix, headSize: number): Matrix;
}

export const MODEL_BASIS: Basis = {
  readsResidual: (matrix) => matrix,
  normWeight: (gain) => gain,
  writesResidual: (matrix) => matrix,
  writesHeads: (matrix) => matrix,
  readsHeads: (matrix) => matrix,
};

/**
 * Value heads rotated, and, where a rotation is given for it, the residual stream: then the norms' weights are folded into the
 * matrices behind them.
 */
export function rotatedBasis(residual: Rotation | undefined): Basis {
  return {
    ...(residual ? rotatedResidual(residual) : MODEL_BASIS),
    writesHeads: (matrix, headSize) => {
      const head = new Rotation(headSize);
      return changedMatrix(wholeMatrix(matrix), (slice) => head.rotateColumns(slice, matrix.inputs));
    },
    readsHeads: (matrix, headSize) => {
      const head = new Rotation(headSize);
      return changedMatrix(matrix, (slice) => head.rotateRows(slice));
    },
  };
}

function rotatedResidual(rotation: Rotation): Pick<Basis, 'readsResidual' | 'normWeight' | 'writesResidual'> {
  return {
    readsResidual: (matrix, gain) =>
      changedMatrix(matrix, (slice) => {
        scaleColumns(slice, gain);
        rotation.rotateRows(slice);
      }),
    normWeight: (gain) => new Float32Array(gain.length).fill(1),
    writesResidual: (matrix) =>
      changedMatrix(wholeMatrix(matrix), (slice) => rotation.rotateColumns(slice, matrix.inputs)),
  };
}

function scaleColumns(slice: Float32Array, gain: Float32Array): void {
  for (let row = 0; row < slice.length; row += gain.length) {
    for (let column = 0; column < gain.length; column++) slice[row + column] *= gain[column];
  }
}
