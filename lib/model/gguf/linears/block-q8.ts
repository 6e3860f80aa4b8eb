// 8 bits in blocks of 32 for WebGPU: weights as uint8 around 128 with a float scale per block, activations in float.
import type { Matrix } from '../matrix.ts';
import { asFloats } from '../weight-file.ts';
import type { MakeLinear } from './linear.ts';

const BLOCK = 32;

export const blockQ8Linear: MakeLinear = (weights) => (input, matrix) => {
  const { graph } = weights;
  const { inputs, outputs } = matrix;
  const blocks = inputs / BLOCK;
  const bytes = graph.external(matrix.name, 'uint8', [outputs, blocks, BLOCK]);
  const scales = graph.external(`${matrix.name}.scale`, 'float32', [outputs * blocks]);
  weights.add([bytes, scales], ([target, steps]) => writeBlocks(matrix, target, asFloats(steps)));
  return graph.op('MatMulNBits', [input, bytes.name, scales.name], {
    K: { int: inputs },
    N: { int: outputs },
    bits: { int: 8 },
    block_size: { int: BLOCK },
    accuracy_level: { int: 0 },
  });
};

async function* writeBlocks(matrix: Matrix, target: Uint8Array, scales: Float32Array): AsyncIterable<void> {
  let position = 0;
  for await (const slice of matrix.slices()) {
    for (let start = 0; start < slice.length; start += BLOCK, position += BLOCK) {
      let maximum = 0;
      for (let i = start; i < start + BLOCK; i++) maximum = Math.max(maximum, Math.abs(slice[i]));
      scales[position / BLOCK] = maximum / 127;
      const inverse = maximum > 0 ? 127 / maximum : 0;
      for (let i = 0; i < BLOCK; i++) target[position + i] = slice[start + i] * inverse + 128.5;
    }
    yield;
  }
}
