// How a graph multiplies by Marian's matrices: exactly, or rounding the inputs to 8 bits as the matrices are already.
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { asFloats, type WeightFile } from '../gguf/weight-file.ts';
import type { Int8Matrix } from './marian-file.ts';

/**
 * fp32: exact. int8: in integers, where the time goes: the feed-forward layers and, in the encoder, attention; the logits. Rounding
 * the decoder's attention too would gain next to nothing.
 */
export type Precision = 'fp32' | 'int8';

/** Keeps rows of which no number is positive from dividing by zero. */
const LEAST = 1e-9;
/** Of the 256 to 512 inputs of an attention layer so many are far greater than the others; which, differs from text to text. */
const OUTLIERS = 20;

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
  if (precision === 'int8') return { first: int8Linear(weights, 'signed'), second: int8Linear(weights, 'positive') };
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
    weights.add([region], ([bytes]) =>
      writeColumns(projections, asFloats(bytes), ({ matrix, factor = 1 }) => matrix.scale * factor),
    );
    const bias = biasOf(projections);
    if (!bias) return graph.op('MatMul', [input, region.name]);
    return graph.op('Gemm', [input, region.name, weights.addFloats(`${name}.bias`, [outputs], bias)]);
  };
}

/** Rounds as `roundedProduct` does. */
function int8Linear(weights: WeightFile, sign: 'signed' | 'positive'): Linear {
  return (graph, input, name, projections) => {
    const { matrix, scales, bias } = int8Weights(weights, name, projections);
    const product = roundedProduct(graph, input, matrix, scales, sign);
    return bias ? graph.op('Add', [product, bias]) : product;
  };
}

/**
 * The input rounded to bytes, each row with a scale of its own: a row's greater numbers must not cost another its small ones.
 * `positive`: of an input whose negative numbers count as zero; rounding to unsigned bytes leaves them out by itself.
 */
export function roundedProduct(
  graph: GraphBuilder,
  input: string,
  matrix: string,
  scales: string,
  sign: 'signed' | 'positive',
): string {
  const isSigned = sign === 'signed';
  const step = graph.scalar('float32', isSigned ? 1 / 127 : 1 / 255);
  const zero = graph.scalar('uint8', isSigned ? 128 : 0);
  const sizes = isSigned ? graph.op('Abs', [input]) : input;
  const columns = graph.constant('int64', [1], [1]);
  const greatest = graph.op('Max', [
    graph.op('ReduceMax', [sizes, columns], { keepdims: { int: 1 } }),
    graph.scalar('float32', LEAST),
  ]);
  // Zero points for each row would have to be made, so signed inputs, which are narrow here, are brought to one scale instead.
  const bytes = isSigned
    ? graph.op('QuantizeLinear', [graph.op('Div', [input, greatest]), step, zero])
    : graph.op('QuantizeLinear', [input, graph.op('Squeeze', [graph.op('Mul', [greatest, step]), columns])], {
        axis: { int: 0 },
      });
  const product = graph.op('MatMulIntegerToFloat', [bytes, matrix, step, scales, zero]);
  return graph.op('Mul', [product, greatest]);
}

/**
 * The columns of the input with the greatest numbers exactly, the rest rounded to bytes with one scale, which is the finer for it.
 * After Dettmers et al. 2022, "LLM.int8()".
 */
export function int8LinearButOutliers(weights: WeightFile): Linear {
  return (graph, input, name, projections) => {
    const [inputs] = size(projections);
    const { matrix, scales, bias = '' } = int8Weights(weights, name, projections);
    const greatest = graph.op('ReduceMax', [graph.op('Abs', [input]), graph.constant('int64', [1], [0])], {
      keepdims: { int: 0 },
    });
    const count = Math.min(OUTLIERS, inputs);
    const [, columns] = graph.node(
      'TopK',
      [greatest, graph.constant('int64', [1], [count])],
      [graph.fresh('greatest'), graph.fresh('columns')],
      { sorted: { int: 0 } },
    );
    const [ones, zeros] = [inputs, count].map((length, i) =>
      graph.constant('float32', [length], Array<number>(length).fill(1 - i)),
    );
    const rest = graph.op('Mul', [input, graph.op('ScatterElements', [ones, columns, zeros])]);
    const product = graph.op('DynamicQuantizeMatMul', [rest, matrix, scales, '', bias]);
    const exact = graph.op('DequantizeLinear', [graph.op('Gather', [matrix, columns]), scales], { axis: { int: 1 } });
    return graph.op('Gemm', [graph.op('Gather', [input, columns], { axis: { int: 1 } }), exact, product]);
  };
}

function int8Weights(weights: WeightFile, name: string, projections: Projection[]) {
  const [inputs, outputs] = size(projections);
  const region = weights.graph.external(name, 'int8', [inputs, outputs]);
  weights.add([region], ([bytes]) => {
    const target = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return writeColumns(projections, target, () => 1);
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

/** The matrices' rows as columns, a matrix at a time, each times a scale of its own. */
function* writeColumns(
  projections: Projection[],
  target: Float32Array | Int8Array,
  scaleOf: (projection: Projection) => number,
): Iterable<void> {
  const [inputs, outputs] = size(projections);
  let column = 0;
  for (const projection of projections) {
    const { values, rows } = projection.matrix;
    const scale = scaleOf(projection);
    for (let row = 0, from = 0; row < rows; row++, column++) {
      for (let i = 0, to = column; i < inputs; i++, to += outputs) target[to] = values[from++] * scale;
    }
    yield;
  }
}
