// The decoder: a Loop that writes a batch of translations greedily, token by token, until all have ended, and shows what it looked
// at meanwhile. A step's state is one vector per sentence and layer (SSRU), so no cache grows.
import type { GraphBuilder } from '../onnx/graph-builder.ts';
import { addAndNorm, feedForward, outputAndNorm, projection, queryFactor, type Draft } from './layers.ts';
import { roundedProduct, type Precision } from './linear.ts';

/**
 * Inputs: the encoder's mask and outputs; targets [choices, hiddenSize], the embeddings of the tokens to choose from, of which the
 * first ends a sentence, as int8 numbers to be multiplied with `targetScale`; bias [batch, choices]; steps, the most tokens to write.
 * Outputs: tokens int64 [written, batch], places among the choices, 0 from a sentence's end on; attention of the last layer
 * [written, batch, heads, 1, source].
 */
export function writeDecoder(draft: Draft, precision: Precision, positions: Float32Array, targetScale: number): void {
  const { config, weights } = draft;
  const { hiddenSize, heads, decoderLayers } = config;
  const { graph } = weights;
  const headSize = hiddenSize / heads;
  const layers = Array.from({ length: decoderLayers }, (_, i) => i);
  const mask = graph.input('mask', 'float32', ['batch', 1, 1, 'source']);
  for (const i of layers) {
    graph.input(`keys.${i}`, 'float32', ['batch', heads, headSize, 'source']);
    graph.input(`values.${i}`, 'float32', ['batch', heads, 'source', headSize]);
  }
  graph.input('targets', 'int8', ['choices', hiddenSize]);
  graph.input('bias', 'float32', ['batch', 'choices']);
  const steps = graph.input('steps', 'int64', []);

  const scale = graph.scalar('float32', targetScale);
  const targets = precision === 'fp32' ? graph.op('DequantizeLinear', ['targets', scale]) : 'targets';
  const output = graph.op('Transpose', [targets], { perm: { ints: [1, 0] } });
  const embeddingScale = graph.scalar('float32', targetScale * Math.sqrt(hiddenSize));
  const draftOfBody = { ...draft, mask, headSize, scale, embeddingScale };

  // One number per sentence of the batch, and one vector.
  const batch = graph.op('Slice', [
    graph.op('Shape', ['bias']),
    ...[0, 1].map((at) => graph.constant('int64', [1], [at])),
  ]);
  const vectors = graph.op('Concat', [batch, graph.constant('int64', [1], [hiddenSize])], { axis: { int: 0 } });
  const alive = graph.op('Expand', [graph.scalar('int64', 1), batch]);
  const zeros = graph.op('Expand', [graph.scalar('float32', 0), vectors]);
  const positionTable = weights.addFloats('positions', [positions.length / hiddenSize, hiddenSize], positions);

  const body = graph.inner();
  writeStep(draftOfBody, body, { output, positionTable, precision });
  const states = layers.map(() => graph.fresh('state'));
  graph.node(
    'Loop',
    [steps, graph.scalar('bool', 1), alive, zeros, ...layers.map(() => zeros)],
    [graph.fresh('alive'), graph.fresh('last'), ...states, 'tokens', 'attention'],
    { body: { graph: body } },
  );
  graph.output('tokens', 'int64', ['written', 'batch']);
  graph.output('attention', 'float32', ['written', 'batch', heads, 1, 'source']);
}

interface BodyDraft extends Draft {
  mask: string;
  headSize: number;
  /** Of the targets as they are, and as inputs. */
  scale: string;
  embeddingScale: string;
}

interface OutputLayer {
  /** [hiddenSize, choices]: float32 for fp32, else int8. */
  output: string;
  positionTable: string;
  precision: Precision;
}

function writeStep(draft: BodyDraft, body: GraphBuilder, { output, positionTable, precision }: OutputLayer): void {
  const { config, scale } = draft;
  const { hiddenSize, decoderLayers } = config;
  const step = body.input(body.fresh('step'), 'int64', []);
  body.input(body.fresh('condition'), 'bool', []);
  const alive = body.input(body.fresh('alive'), 'int64', ['batch']);
  const previous = body.input(body.fresh('previous'), 'float32', ['batch', hiddenSize]);
  const states = Array.from({ length: decoderLayers }, () =>
    body.input(body.fresh('state'), 'float32', ['batch', hiddenSize]),
  );

  let x = body.op('Add', [previous, body.op('Gather', [positionTable, step])]);
  let weightsOfLastLayer = '';
  const nextStates = states.map((state, i) => {
    const prefix = `decoder_l${i + 1}`;
    const next = writeRecurrence(draft, body, x, state, `${prefix}_rnn`);
    x = addAndNorm(draft, body, x, body.op('Relu', [next]), `${prefix}_rnn_ffn_ln`);
    [x, weightsOfLastLayer] = writeCrossAttention(draft, body, x, i);
    x = feedForward(draft, body, x, `${prefix}_ffn`);
    return next;
  });

  const logits =
    precision === 'fp32'
      ? body.op('Gemm', [x, output, 'bias'])
      : body.op('Add', [roundedProduct(body, x, output, scale, 'signed'), 'bias']);
  const best = body.op('ArgMax', [logits], { axis: { int: 1 }, keepdims: { int: 0 } });
  const token = body.op('Mul', [best, alive]);
  const stillAlive = body.op('Min', [token, body.scalar('int64', 1)]);
  const most = body.op('ReduceMax', [stillAlive], { keepdims: { int: 0 } });
  const goesOn = body.op('Greater', [most, body.scalar('int64', 0)]);
  const nextPrevious = writeEmbedding(draft, body, token);

  body.output(goesOn, 'bool', []);
  body.output(stillAlive, 'int64', ['batch']);
  body.output(nextPrevious, 'float32', ['batch', hiddenSize]);
  for (const state of nextStates) body.output(state, 'float32', ['batch', hiddenSize]);
  body.output(token, 'int64', ['batch']);
  body.output(weightsOfLastLayer, 'float32', ['batch', config.heads, 1, 'source']);
}

/** [batch, hiddenSize] */
function writeEmbedding({ embeddingScale }: BodyDraft, body: GraphBuilder, token: string): string {
  return body.op('DequantizeLinear', [body.op('Gather', ['targets', token]), embeddingScale]);
}

/** SSRU (Kim et al. 2019, "From Research to Production and Back"): the forget gate mixes the state and the projected input. */
function writeRecurrence(draft: Draft, body: GraphBuilder, x: string, state: string, prefix: string): string {
  const { file, config, linear } = draft;
  const size = config.hiddenSize;
  const packed = linear(body, x, `${prefix}_Wall`, [
    { matrix: file.weights(`${prefix}_W`, size, size) },
    { matrix: file.weights(`${prefix}_Wf`, size, size), bias: file.floats(`${prefix}_bf`, size) },
  ]);
  const names: [string, string] = [body.fresh('projected'), body.fresh('gate')];
  const [projected, gate] = body.node('Split', [packed], names, { axis: { int: 1 }, num_outputs: { int: 2 } });
  const change = body.op('Mul', [body.op('Sigmoid', [gate]), body.op('Sub', [state, projected])]);
  return body.op('Add', [projected, change]);
}

/** Returns the normed sum and the attention's weights [batch, heads, 1, source]. */
function writeCrossAttention(draft: BodyDraft, body: GraphBuilder, x: string, layer: number): [string, string] {
  const { config, linear, mask, headSize } = draft;
  const prefix = `decoder_l${layer + 1}_context`;
  const query = linear(body, x, `${prefix}_Wq`, [projection(draft, prefix, 'q', queryFactor(config))]);
  const heads = body.op('Reshape', [query, body.constant('int64', [4], [-1, config.heads, 1, headSize])]);
  const scores = body.op('Add', [body.op('MatMul', [heads, `keys.${layer}`]), mask]);
  const weights = body.op('Softmax', [scores]);
  const attended = body.op('MatMul', [weights, `values.${layer}`]);
  const rows = body.op('Reshape', [attended, body.constant('int64', [2], [-1, config.hiddenSize])]);
  return [outputAndNorm(draft, body, x, rows, prefix), weights];
}
