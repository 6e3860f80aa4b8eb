// A model's weights in the arena, as the kernels want them.
// Names: https://github.com/browsermt/marian-dev/blob/master/src/models/transformer.h
import { AppError } from '../../errors.ts';
import type { Arena } from './arena.ts';
import type { MarianConfig } from './config.ts';
import type { Int8Matrix, MarianFile } from './marian-file.ts';

/** Numbers as `product` wants them, and each column's scale and bias. */
export interface Matrix {
  inputs: number;
  outputs: number;
  /** What its inputs are rounded to (`stepsFor`). */
  steps: number;
  numbers: number;
  scales: number;
  bias: number;
}

export interface Norm {
  scale: number;
  shift: number;
}

/** Embeddings, int8, to be multiplied with `scale`. */
export interface Table {
  pointer: number;
  scale: number;
}

/** What follows attention in either stack. */
interface Outputs {
  attention: { output: Matrix; norm: Norm };
  feedForward: { inner: Matrix; outer: Matrix; norm: Norm };
}

export interface EncoderLayer extends Outputs {
  /** Side by side. */
  queryKeyValue: Matrix;
}

export interface DecoderLayer extends Outputs {
  /** Input and gate, side by side. */
  recurrence: Matrix;
  recurrenceNorm: Norm;
  query: Matrix;
}

export interface Weights {
  encoder: EncoderLayer[];
  decoder: DecoderLayer[];
  /** Of all decoder layers, side by side. */
  keysAndValues: Matrix;
  source: Table;
  target: Table;
  /** Of the target's tokens; not in the arena. */
  outputBias: Float32Array;
}

/** y = factor (x W^T + b). */
interface Projection {
  matrix: Int8Matrix;
  bias?: Float32Array;
  factor?: number;
}

const GREATEST_INT16 = 0x7fff;
const GREATEST_INT32 = 0x7fffffff;
/** What `product` and `gather` take at a time. */
const COLUMNS = 8;

/** Throws `model-corrupt`, `out-of-memory`. */
export function placeWeights(arena: Arena, file: MarianFile, config: MarianConfig): Weights {
  const { hiddenSize, feedForwardSize, heads, sourceTokens, targetTokens } = config;
  const vector = (name: string) => arena.takeFloats(file.floats(name, hiddenSize));
  const norm = (name: string): Norm => ({ scale: vector(`${name}_scale`), shift: vector(`${name}_bias`) });
  const projection = (prefix: string, suffix: string, factor = 1): Projection => ({
    matrix: file.weights(`${prefix}_W${suffix}`, hiddenSize, hiddenSize),
    bias: file.floats(`${prefix}_b${suffix}`, hiddenSize),
    factor,
  });
  const matrix = (...projections: Projection[]) => placeMatrix(arena, projections);
  // What the scores are divided by, on the queries' side.
  const factor = 1 / Math.sqrt(hiddenSize / heads);
  const outputs = (attention: string, feedForward: string): Outputs => ({
    attention: { output: matrix(projection(attention, 'o')), norm: norm(`${attention}_Wo_ln`) },
    feedForward: {
      inner: matrix({
        matrix: file.weights(`${feedForward}_W1`, feedForwardSize, hiddenSize),
        bias: file.floats(`${feedForward}_b1`, feedForwardSize),
      }),
      outer: matrix({
        matrix: file.weights(`${feedForward}_W2`, hiddenSize, feedForwardSize),
        bias: file.floats(`${feedForward}_b2`, hiddenSize),
      }),
      norm: norm(`${feedForward}_ffn_ln`),
    },
  });
  const table = (name: string, tokens: number) => placeTable(arena, file.embeddings(name, tokens, hiddenSize));
  const decoder = layers('decoder', config.decoderLayers);
  const isShared = file.has('Wemb');
  if (isShared && sourceTokens !== targetTokens) throw new AppError('model-corrupt', 'one table, two sizes');
  const shared = isShared ? table('Wemb', sourceTokens) : null;
  return {
    encoder: layers('encoder', config.encoderLayers).map((layer) => {
      const self = `${layer}_self`;
      return {
        queryKeyValue: matrix(projection(self, 'q', factor), projection(self, 'k'), projection(self, 'v')),
        ...outputs(self, `${layer}_ffn`),
      };
    }),
    decoder: decoder.map((layer) => ({
      recurrence: matrix(
        { matrix: file.weights(`${layer}_rnn_W`, hiddenSize, hiddenSize) },
        projection(`${layer}_rnn`, 'f'),
      ),
      recurrenceNorm: norm(`${layer}_rnn_ffn_ln`),
      query: matrix(projection(`${layer}_context`, 'q', factor)),
      ...outputs(`${layer}_context`, `${layer}_ffn`),
    })),
    keysAndValues: matrix(
      ...decoder.flatMap((layer) => [projection(`${layer}_context`, 'k'), projection(`${layer}_context`, 'v')]),
    ),
    source: shared ?? table('encoder_Wemb', sourceTokens),
    target: shared ?? table('decoder_Wemb', targetTokens),
    outputBias: file.floats('decoder_ff_logit_out_b', targetTokens),
  };
}

/** Rows of a table, by id, `n` numbers each, as columns that `product` takes, to `out`. */
export function gather(arena: Arena, table: Table, ids: Uint32Array, n: number, out: number): void {
  arena.scoped(() => arena.kernels.gather(table.pointer, arena.takeIntegers(ids), ids.length, n, out));
}

export function wholeColumns(count: number): number {
  return COLUMNS * Math.ceil(count / COLUMNS);
}

/** The most steps of 16 bits with which no sum overflows, where an output's weights, without signs, sum up to `weights` at most. */
export function stepsFor(weights: number): number {
  return Math.min(GREATEST_INT16, Math.floor(GREATEST_INT32 / weights));
}

/** The projections of one input, side by side. */
function placeMatrix(arena: Arena, projections: Projection[]): Matrix {
  const inputs = projections[0].matrix.columns;
  const outputs = projections.reduce((sum, { matrix }) => sum + matrix.rows, 0);
  const numbers = arena.take(inputs * outputs);
  let column = 0;
  for (const { matrix } of projections) {
    const rows = Uint32Array.from({ length: matrix.rows }, (_, row) => row);
    arena.scoped(() => gather(arena, placeTable(arena, matrix), rows, inputs, numbers + column * inputs));
    column += matrix.rows;
  }
  const each = (value: (projection: Projection, row: number) => number) =>
    arena.takeFloats(
      projections.flatMap((projection) =>
        Array.from({ length: projection.matrix.rows }, (_, row) => value(projection, row)),
      ),
    );
  return {
    inputs,
    outputs,
    steps: stepsFor(Math.max(...projections.map(({ matrix }) => greatestSum(matrix)))),
    numbers,
    scales: each(({ matrix: { scale }, factor = 1 }) => scale * factor),
    bias: each(({ bias, factor = 1 }, row) => (bias ? bias[row] * factor : 0)),
  };
}

function placeTable(arena: Arena, { values, scale }: Int8Matrix): Table {
  const pointer = arena.take(values.length);
  arena.bytes(pointer, values.length).set(values);
  return { pointer, scale };
}

/** Of a row, without signs; 1 at least. */
function greatestSum({ values, rows, columns }: Int8Matrix): number {
  let greatest = 1;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += Math.abs(values[i]);
    greatest = Math.max(greatest, sum);
  }
  return greatest;
}

function layers(stack: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${stack}_l${i + 1}`);
}
