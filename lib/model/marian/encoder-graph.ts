// The encoder: embedded source tokens in, and out come the keys and values that each decoder layer attends to.
import { feedForward, outputAndNorm, projection, queryFactor, type Draft } from './layers.ts';

/**
 * Inputs: x [batch, source, hiddenSize] with positions added; mask [batch, 1, 1, source], 0 or a great negative number.
 * Outputs for decoder layer i: keys.i [batch, heads, headSize, source] and values.i [batch, heads, source, headSize].
 */
export function writeEncoder(draft: Draft): void {
  const { config, weights, linear } = draft;
  const { hiddenSize, heads } = config;
  const { graph } = weights;
  const headSize = hiddenSize / heads;
  const input = graph.input('x', 'float32', ['batch', 'source', hiddenSize]);
  const mask = graph.input('mask', 'float32', ['batch', 1, 1, 'source']);

  const range = (from: number, to: number) => [from, to].map((at) => graph.constant('int64', [1], [at]));
  const batchAndSource = graph.op('Slice', [graph.op('Shape', [input]), ...range(0, 2)]);
  const shaped = (count: number) =>
    graph.op('Concat', [batchAndSource, graph.constant('int64', [2], [count * heads, headSize])], { axis: { int: 0 } });
  const transpose = (tensor: string, ...axes: number[]) => graph.op('Transpose', [tensor], { perm: { ints: axes } });
  const split = (tensor: string, axis: number, count: number) =>
    graph.node(
      'Split',
      [tensor],
      Array.from({ length: count }, () => graph.fresh('part')),
      {
        axis: { int: axis },
        num_outputs: { int: count },
      },
    );
  const rows = graph.constant('int64', [2], [-1, hiddenSize]);
  const [three, crossed] = [shaped(3), shaped(2 * config.decoderLayers)];

  let x = graph.op('Reshape', [input, rows]);
  for (let layer = 1; layer <= config.encoderLayers; layer++) {
    const prefix = `encoder_l${layer}_self`;
    const packed = linear(graph, x, `${prefix}_Wqkv`, [
      projection(draft, prefix, 'q', queryFactor(config)),
      projection(draft, prefix, 'k'),
      projection(draft, prefix, 'v'),
    ]);
    const [query, key, value] = split(transpose(graph.op('Reshape', [packed, three]), 0, 2, 1, 3), 1, 3);
    const scores = graph.op('Add', [graph.op('MatMul', [query, transpose(key, 0, 1, 3, 2)]), mask]);
    const attended = graph.op('MatMul', [graph.op('Softmax', [scores]), value]);
    x = outputAndNorm(draft, graph, x, graph.op('Reshape', [transpose(attended, 0, 2, 1, 3), rows]), prefix);
    x = feedForward(draft, graph, x, `encoder_l${layer}_ffn`);
  }

  const layers = Array.from({ length: config.decoderLayers }, (_, i) => `decoder_l${i + 1}_context`);
  const packed = linear(
    graph,
    x,
    'context_Wkv',
    layers.flatMap((prefix) => [projection(draft, prefix, 'k'), projection(draft, prefix, 'v')]),
  );
  const parts = split(graph.op('Reshape', [packed, crossed]), 2, 2 * layers.length);
  for (const i of layers.keys()) {
    graph.node('Transpose', [parts[2 * i]], [`keys.${i}`], { perm: { ints: [0, 2, 3, 1] } });
    graph.node('Transpose', [parts[2 * i + 1]], [`values.${i}`], { perm: { ints: [0, 2, 1, 3] } });
    graph.output(`keys.${i}`, 'float32', ['batch', heads, headSize, 'source']);
    graph.output(`values.${i}`, 'float32', ['batch', heads, 'source', headSize]);
  }
}
