// How a graph multiplies by Marian's matrices: exactly, or rounding the inputs to 8 bits as the matrices are already.
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { asFloats, type WeightFile } from '../gguf/weight-file.ts';
import type { Int8Matrix } from './marian-file.ts';

/**
 * fp32: exact. int8: the feed-forward layers and the logits in integers, which is where the time goes. Rounding the inputs of
 * attention too would gain little and cost most of what int8 costs in quality, as measured on the packaged models.
 */
export type Precision = 'fp32' | 'int8';

/** Keeps inputs of which none is positive from dividing by zero. */
const LEAST = 1e-9;

/** y = factor (x W^T + bias). */
export interface Projection {
  matrix: Int8Matrix;
  bias?: Float32Array;
  factor?: number;
}

/**
 * Adds the projections of one input [rows, inputs], side by side: [rows, outputs of all]. The weights lie in the root graph,
 * the operators in `graph`, which may be inside it.
 */
export type Linear = (graph: GraphBuilder, input: string, name: string, projections: Projection[]) => string;

/** The two matrices of a feed-forward layer; what is negative between them counts as zero. */
export interface FeedForward {
  first: Linear;
  second: Linear;
}

export function feedForwardOf(precision: Precision, weights: WeightFile): FeedForward {
  if (precision === 'int8') return { first: int8Linear(weights), second: int8LinearOfPositive(weights) };
  const linear = float32Linear(weights);
  return {
    first: linear,
    second: (graph, input, ...others) => linear(graph, graph.op('Relu', [input]), ...others),
  };
}

export function float32Linear(weights: WeightFile): Linear {
  return (graph, input, name, projections) => {
    const [inputs, outputs] = size(projections);
    const region = weights.graph.external(name, 'float32', [inputs, outputs]);
    weights.add([region], ([bytes]) => writeColumns(projections, asFloats(bytes), (value, scale) => value * scale));
    const bias = biasOf(projections);
    if (!bias) return graph.op('MatMul', [input, region.name]);
    return graph.op('Gemm', [input, region.name, weights.addFloats(`${name}.bias`, [outputs], bias)]);
  };
}

/** One scale for all inputs of a run: batches should be small. */
function int8Linear(weights: WeightFile): Linear {
  return (graph, input, name, projections) => {
    const { matrix, scales, bias } = int8Weights(weights, name, projections);
    return graph.op('DynamicQuantizeMatMul', bias ? [input, matrix, scales, '', bias] : [input, matrix, scales]);
  };
}

/** Of the positive part of the inputs: rounding to unsigned bytes leaves the rest out by itself. */
function int8LinearOfPositive(weights: WeightFile): Linear {
  return (graph, input, name, projections) => {
    const { matrix, scales } = int8Weights(weights, name, projections);
    const greatest = graph.op('ReduceMax', [input], { keepdims: { int: 0 } });
    const step = graph.op('Mul', [
      graph.op('Max', [greatest, graph.scalar('float32', LEAST)]),
      graph.scalar('float32', 1 / 255),
    ]);
    const bytes = graph.op('QuantizeLinear', [input, step, graph.scalar('uint8', 0)]);
    return graph.op('MatMulIntegerToFloat', [bytes, matrix, step, scales]);
  };
}

function int8Weights(weights: WeightFile, name: string, projections: Projection[]) {
  const [inputs, outputs] = size(projections);
  const region = weights.graph.external(name, 'int8', [inputs, outputs]);
  weights.add([region], ([bytes]) => {
    const target = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return writeColumns(projections, target, (value) => value);
  });
  const scales = Float32Array.from(
    projections.flatMap(({ matrix, factor = 1 }) => Array<number>(matrix.rows).fill(matrix.scale * factor)),
  );
  const bias = biasOf(projections);
  return {
    matrix: region.name,
    scales: weights.addFloats(`${name}.scale`, [outputs], scales),
    bias: bias && weights.addFloats(`${name}.bias`, [outputs], bias),
  };
}

function size(projections: Projection[]): [inputs: number, outputs: number] {
  return [projections[0].matrix.columns, projections.reduce((sum, { matrix }) => sum + matrix.rows, 0)];
}

/** One vector for all, where any has one. */
function biasOf(projections: Projection[]): Float32Array | undefined {
  if (projections.every(({ bias }) => bias === undefined)) return undefined;
  return Float32Array.from(
    projections.flatMap(({ matrix, bias, factor = 1 }) =>
      bias ? Array.from(bias, (value) => value * factor) : Array<number>(matrix.rows).fill(0),
    ),
  );
}

/** The matrices' rows as columns, a matrix at a time. */
function* writeColumns(
  projections: Projection[],
  target: Float32Array | Int8Array,
  convert: (value: number, scale: number) => number,
): Iterable<void> {
  const [inputs, outputs] = size(projections);
  let column = 0;
  for (const { matrix, factor = 1 } of projections) {
    const scale = matrix.scale * factor;
    for (let i = 0; i < inputs; i++) {
      for (let row = 0, from = i, to = i * outputs + column; row < matrix.rows; row++, from += inputs) {
        target[to++] = convert(matrix.values[from], scale);
      }
    }
    column += matrix.rows;
    yield;
  }
}
