// The encoder: embedded source tokens in, and out come the keys and values that each decoder layer attends to.
import { feedForward, outputAndNorm, projection, type Draft } from './layers.ts';

/**
 * Inputs: x [rows, hiddenSize] with positions added, all sentences' tokens one behind the other; for attention, which needs them side by
 * side, rowOfPlace [batch, source], placeOfRow [rows], and isToken [batch, source], 0 where a sentence has ended.
 * Outputs for decoder layer i: keys.i [batch, heads, headSize, source] and values.i [batch, heads, source, headSize].
 */
export function writeEncoder(draft: Draft): void {
  const { config, weights, linear } = draft;
  const { hiddenSize, heads } = config;
  const { graph } = weights;
  const headSize = hiddenSize / heads;
  const rowOfPlace = graph.input('rowOfPlace', 'int64', ['batch', 'source']);
  const placeOfRow = graph.input('placeOfRow', 'int64', ['rows']);
  const isToken = graph.input('isToken', 'int32', ['batch', 'source']);
  const split = (tensor: string, count: number) =>
    graph.node(
      'Split',
      [tensor],
      Array.from({ length: count }, () => graph.fresh('part')),
      {
        axis: { int: 2 },
        num_outputs: { int: count },
      },
    );
  const sideBySide = (rows: string) => graph.op('Gather', [rows, rowOfPlace]);
  const everyPlace = graph.constant('int64', [2], [-1, hiddenSize]);

  let x = graph.input('x', 'float32', ['rows', hiddenSize]);
  for (let layer = 1; layer <= config.encoderLayers; layer++) {
    const prefix = `encoder_l${layer}_self`;
    const packed = linear(graph, x, `${prefix}_Wqkv`, [
      projection(draft, prefix, 'q'),
      projection(draft, prefix, 'k'),
      projection(draft, prefix, 'v'),
    ]);
    const attended = graph.op('MultiHeadAttention', [...split(sideBySide(packed), 3), '', isToken], {
      num_heads: { int: heads },
    });
    const rows = graph.op('Gather', [graph.op('Reshape', [attended, everyPlace]), placeOfRow]);
    x = outputAndNorm(draft, graph, x, rows, prefix);
    x = feedForward(draft, graph, x, `encoder_l${layer}_ffn`);
  }

  const crossed = graph.op(
    'Concat',
    [graph.op('Shape', [rowOfPlace]), graph.constant('int64', [2], [2 * config.decoderLayers * heads, headSize])],
    { axis: { int: 0 } },
  );
  const layers = Array.from({ length: config.decoderLayers }, (_, i) => `decoder_l${i + 1}_context`);
  const packed = linear(
    graph,
    x,
    'context_Wkv',
    layers.flatMap((prefix) => [projection(draft, prefix, 'k'), projection(draft, prefix, 'v')]),
  );
  const parts = split(graph.op('Reshape', [sideBySide(packed), crossed]), 2 * layers.length);
  for (const i of layers.keys()) {
    graph.node('Transpose', [parts[2 * i]], [`keys.${i}`], { perm: { ints: [0, 2, 3, 1] } });
    graph.node('Transpose', [parts[2 * i + 1]], [`values.${i}`], { perm: { ints: [0, 2, 1, 3] } });
    graph.output(`keys.${i}`, 'float32', ['batch', heads, headSize, 'source']);
    graph.output(`values.${i}`, 'float32', ['batch', heads, 'source', headSize]);
  }
}
