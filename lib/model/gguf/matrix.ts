// Weight matrices as streams of float32 rows, so that no more than a slice of the model is in memory as float32.
import type { GgufFile } from './gguf-file.ts';

/** `outputs` rows of `inputs`: y = x W^T. */
export interface Matrix {
  name: string;
  outputs: number;
  inputs: number;
  /** All rows in order, in slices whose values the consumer may change. */
  slices(): AsyncIterable<Float32Array<ArrayBuffer>> | Iterable<Float32Array<ArrayBuffer>>;
}

/** Rows of slices of large matrices; any multiple of the writers' tiles does. */
const SLICE_BYTES = 4 << 20;

/** A tensor of the file in slices of at most 4 MB. Throws `model-corrupt` if its size is another. */
export function storedMatrix(gguf: GgufFile, name: string, outputs: number, inputs: number): Matrix {
  const tensor = gguf.tensor(name, outputs, inputs);
  const sliceRows = Math.max(1, Math.floor(SLICE_BYTES / (inputs * 4)));
  return {
    name,
    outputs,
    inputs,
    async *slices() {
      for (let row = 0; row < outputs; row += sliceRows) {
        yield gguf.readRows(tensor, row, Math.min(sliceRows, outputs - row));
      }
    },
  };
}

/** A vector as a matrix of one column: what happens to a matrix's rows happens to it too. */
export function vectorMatrix(name: string, values: Float32Array<ArrayBuffer>): Matrix {
  return {
    name,
    outputs: values.length,
    inputs: 1,
    *slices() {
      yield values.slice();
    },
  };
}

/** The same matrix in one slice: for changes that mix rows. */
export function wholeMatrix(matrix: Matrix): Matrix {
  return {
    ...matrix,
    async *slices() {
      const length = matrix.outputs * matrix.inputs;
      let all: Float32Array<ArrayBuffer> | undefined;
      let offset = 0;
      for await (const slice of matrix.slices()) {
        if (slice.length === length) all = slice;
        else (all ??= new Float32Array(length)).set(slice, offset);
        offset += slice.length;
      }
      if (all) yield all;
    },
  };
}

/** The matrix with each slice changed in place. */
export function changedMatrix(matrix: Matrix, change: (slice: Float32Array<ArrayBuffer>) => void): Matrix {
  return {
    ...matrix,
    async *slices() {
      for await (const slice of matrix.slices()) {
        change(slice);
        yield slice;
      }
    },
  };
}

/** The rows of all of them, one matrix after the other: one multiplication instead of several on the same input. */
export function stackedMatrix(name: string, matrices: Matrix[]): Matrix {
  return {
    name,
    outputs: matrices.reduce((sum, matrix) => sum + matrix.outputs, 0),
    inputs: matrices[0].inputs,
    async *slices() {
      for (const matrix of matrices) yield* matrix.slices();
    },
  };
}

/** GGUF keeps llama's rotary pairs side by side, ONNX Runtime the first members of all pairs before the second ones. */
export function halfSplitPairs(matrix: Matrix, headSize: number): Matrix {
  const { inputs } = matrix;
  const half = headSize / 2;
  return changedMatrix(wholeMatrix(matrix), (slice) => {
    const head = new Float32Array(headSize * inputs);
    for (let start = 0; start < slice.length; start += head.length) {
      head.set(slice.subarray(start, start + head.length));
      for (let row = 0; row < headSize; row++) {
        const target = start + ((row >> 1) + (row & 1) * half) * inputs;
        slice.set(head.subarray(row * inputs, (row + 1) * inputs), target);
      }
    }
  });
}
