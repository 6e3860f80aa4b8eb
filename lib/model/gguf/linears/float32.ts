// Exact weights: the reference that the other precisions are measured against.
import type { MakeLinear } from './linear.ts';
import { asFloats } from '../weight-file.ts';

export const float32Linear: MakeLinear = (weights) => (input, matrix) => {
  const { inputs, outputs } = matrix;
  const region = weights.graph.external(matrix.name, 'float32', [inputs, outputs]);
  weights.add([region], async function* ([bytes]) {
    const target = asFloats(bytes);
    let output = 0;
    for await (const slice of matrix.slices()) {
      for (let row = 0; row < slice.length; row += inputs, output++) {
        for (let i = 0; i < inputs; i++) target[i * outputs + output] = slice[row + i];
      }
      yield;
    }
  });
  return weights.graph.op('MatMul', [input, region.name]);
};
