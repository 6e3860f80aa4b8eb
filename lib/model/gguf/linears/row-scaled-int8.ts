// int8 for the CPU: one scale per output of the weights and one per row of the input, so a token's result depends on no other.
// Stored as uint8 around 128; ONNX Runtime multiplies in integers and scales once.
import type { GraphBuilder } from '../../onnx/graph-builder.ts';
import type { Matrix } from '../matrix.ts';
import { asFloats } from '../weight-file.ts';
import type { MakeLinear } from './linear.ts';

const STEP = 1 / 127;
/** The remainder of rounding is at most half a step: a second byte resolves it so many times finer. */
const FINER = 254;
/** Keeps rows of zeros from dividing by zero. */
const LEAST_MAXIMUM = 1e-9;
const TILE_ROWS = 64;
/** Rows stored a multiple of this apart share few of a processor's cache sets: one token's logits took two to three times as long. */
const CROWDED_BYTES = 1024;
const CACHE_LINE_BYTES = 64;

/** A float tensor as scale * (bytes - 128) / 127, one scale per row. */
interface QuantizedRows {
  scale: string;
  /** The input over its scale, in [-1, 1]. */
  normalized: string;
  bytes: string;
}

export const rowScaledInt8Linear: MakeLinear = (weights) => {
  const { graph } = weights;
  const zero = graph.scalar('uint8', 128);
  const step = graph.scalar('float32', STEP);
  const quantized = new Map<string, QuantizedRows>();

  return (input, matrix, { fine = false } = {}) => {
    const { outputs } = matrix;
    // The last columns may be padding, whose scales are zero.
    const columns = outputs % CROWDED_BYTES === 0 ? outputs + CACHE_LINE_BYTES : outputs;
    const bytes = graph.external(matrix.name, 'uint8', [matrix.inputs, columns]);
    const scales = graph.external(`${matrix.name}.scale`, 'float32', [columns]);
    weights.add([bytes, scales], ([target, steps]) => writeColumns(matrix, target, columns, asFloats(steps)));
    const multiply = (rows: string) =>
      graph.op('MatMulIntegerToFloat', [rows, bytes.name, step, scales.name, zero, zero]);

    const scaled = (product: string, rows: QuantizedRows) => {
      const all = graph.op('Mul', [product, rows.scale]);
      return columns === outputs ? all : firstColumns(graph, all, outputs);
    };

    const rows = quantized.get(input) ?? quantizeRows(graph, input, step, zero);
    quantized.set(input, rows);
    if (!fine) return scaled(multiply(rows.bytes), rows);

    // The remainders are multiplied in the same pass, as more rows: for a single token that is nearly free.
    const rest = graph.op('Sub', [rows.normalized, graph.op('DequantizeLinear', [rows.bytes, step, zero])]);
    const restBytes = graph.op('QuantizeLinear', [rest, graph.scalar('float32', STEP / FINER), zero]);
    const both = multiply(graph.op('Concat', [rows.bytes, restBytes], { axis: { int: -2 } }));
    const halves: [string, string] = [graph.fresh('coarse'), graph.fresh('rest')];
    const [coarse, scaledRest] = graph.node('Split', [both], halves, { axis: { int: -2 }, num_outputs: { int: 2 } });
    const product = graph.op('Add', [coarse, graph.op('Mul', [scaledRest, graph.scalar('float32', 1 / FINER)])]);
    return scaled(product, rows);
  };
};

function quantizeRows(graph: GraphBuilder, input: string, step: string, zero: string): QuantizedRows {
  const axes = graph.constant('int64', [1], [-1]);
  const maximum = graph.op('ReduceMax', [graph.op('Abs', [input]), axes], { keepdims: { int: 1 } });
  const scale = graph.op('Max', [maximum, graph.scalar('float32', LEAST_MAXIMUM)]);
  const normalized = graph.op('Div', [input, scale]);
  return { scale, normalized, bytes: graph.op('QuantizeLinear', [normalized, step, zero]) };
}

function firstColumns(graph: GraphBuilder, all: string, count: number): string {
  const one = (value: number) => graph.constant('int64', [1], [value]);
  return graph.op('Slice', [all, one(0), one(count), one(-1)]);
}

/** Quantizes the rows and writes them as columns, a tile of rows at a time: single columns would miss the cache at every byte. */
async function* writeColumns(
  matrix: Matrix,
  target: Uint8Array,
  columns: number,
  scales: Float32Array,
): AsyncIterable<void> {
  const { inputs } = matrix;
  const tile = new Uint8Array(TILE_ROWS * inputs);
  let output = 0;
  for await (const slice of matrix.slices()) {
    for (let start = 0; start < slice.length;) {
      const rows = Math.min(TILE_ROWS, (slice.length - start) / inputs);
      for (let row = 0; row < rows; row++, start += inputs) {
        scales[output + row] = quantizeRow(slice, start, inputs, tile, row * inputs);
      }
      for (let i = 0; i < inputs; i++) {
        for (let row = 0, from = i, to = i * columns + output; row < rows; row++, from += inputs)
          target[to++] = tile[from];
      }
      output += rows;
    }
    yield;
  }
}

function quantizeRow(values: Float32Array, start: number, length: number, bytes: Uint8Array, at: number): number {
  // Neither branch is often taken; magnitudes would branch on the sign, which no processor can foresee: twice as slow.
  let highest = 0;
  let lowest = 0;
  for (let i = start; i < start + length; i++) {
    const value = values[i];
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  const maximum = Math.max(highest, -lowest);
  const inverse = maximum > 0 ? 127 / maximum : 0;
  for (let i = 0; i < length; i++) bytes[at + i] = values[start + i] * inverse + 128.5;
  return maximum / 127;
}
