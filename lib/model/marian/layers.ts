// The parts that encoder and decoder share: attention's heads, feed-forward, add-and-norm. Marian's transformer with post-norm.
// https://github.com/browsermt/marian-dev/blob/master/src/models/transformer.h
import type { WeightFile } from '../gguf/weight-file.ts';
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import type { MarianConfig } from './config.ts';
import type { FeedForward, Linear, Projection } from './linear.ts';
import type { MarianFile } from './marian-file.ts';

const NORM_EPSILON = 1e-6;

/** A graph while it is written: what it is made from, and where its weights go. */
export interface Draft {
  file: MarianFile;
  config: MarianConfig;
  weights: WeightFile;
  /** Whether many rows go through at once, as in the encoder: ONNX Runtime's layer norm takes 1.5 us for each, simple operators half. */
  hasManyRows?: boolean;
  /** Of attention and recurrence. */
  linear: Linear;
  feedForward: FeedForward;
}

/** `suffix` is that of the matrix's name, 'q' of Wq and bq. */
export function projection({ file, config }: Draft, prefix: string, suffix: string, factor = 1): Projection {
  const size = config.hiddenSize;
  const bias = file.floats(`${prefix}_b${suffix}`, size);
  return { matrix: file.weights(`${prefix}_W${suffix}`, size, size), bias, factor };
}

/** What the scores of attention are divided by, on the queries' side. */
export function queryFactor({ hiddenSize, heads }: MarianConfig): number {
  return 1 / Math.sqrt(hiddenSize / heads);
}

/** Layer norm of x + y + bias; `norm` is the prefix of its scale and bias. All are [rows, hiddenSize]. */
export function addAndNorm(
  draft: Draft,
  graph: GraphBuilder,
  x: string,
  y: string,
  norm: string,
  bias?: string,
): string {
  const { file, config, weights } = draft;
  const vector = (name: string) => weights.addFloats(name, [config.hiddenSize], file.floats(name, config.hiddenSize));
  const [scale, shift] = [vector(`${norm}_scale`), vector(`${norm}_bias`)];
  const epsilon = { epsilon: { float: NORM_EPSILON } };
  if (!draft.hasManyRows) {
    const inputs = [x, y, scale, shift, ...(bias === undefined ? [] : [vector(bias)])];
    return graph.op('SkipLayerNormalization', inputs, epsilon);
  }
  const sum = graph.op('Add', [x, bias === undefined ? y : graph.op('Add', [y, vector(bias)])]);
  const centred = graph.op('Sub', [sum, graph.op('ReduceMean', [sum, graph.constant('int64', [1], [1])])]);
  const normed = graph.op('SimplifiedLayerNormalization', [centred, scale], { axis: { int: 1 }, ...epsilon });
  return graph.op('Add', [normed, shift]);
}

/** Attention's output projection of `attended` [rows, hiddenSize], added to x and normed. */
export function outputAndNorm(draft: Draft, graph: GraphBuilder, x: string, attended: string, prefix: string): string {
  const size = draft.config.hiddenSize;
  const matrix = draft.file.weights(`${prefix}_Wo`, size, size);
  const output = draft.linear(graph, attended, `${prefix}_Wo`, [{ matrix }]);
  return addAndNorm(draft, graph, x, output, `${prefix}_Wo_ln`, `${prefix}_bo`);
}

/** The feed-forward layer, added to x and normed. */
export function feedForward(draft: Draft, graph: GraphBuilder, x: string, prefix: string): string {
  const { file, config } = draft;
  const { hiddenSize, feedForwardSize } = config;
  const bias = file.floats(`${prefix}_b1`, feedForwardSize);
  const first = { matrix: file.weights(`${prefix}_W1`, feedForwardSize, hiddenSize), bias };
  const second = { matrix: file.weights(`${prefix}_W2`, hiddenSize, feedForwardSize) };
  const inner = draft.feedForward.first(graph, x, `${prefix}_W1`, [first]);
  const output = draft.feedForward.second(graph, inner, `${prefix}_W2`, [second]);
  return addAndNorm(draft, graph, x, output, `${prefix}_ffn_ln`, `${prefix}_b2`);
}
