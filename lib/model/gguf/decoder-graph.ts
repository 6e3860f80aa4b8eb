// The graph of a decoder as its plan says: norms, attention, gated feed-forward, logits of the rows wanted.
// Knows no architecture by name and no precision.
import type { MatrixRole } from './architectures/architecture.ts';
import { attention } from './attention.ts';
import type { DecoderDraft } from './decoder-draft.ts';
import { exactFirstToken } from './first-token.ts';
import { storedMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { queriesKeysValues } from './queries-keys-values.ts';

/** Adds inputs, outputs and all between, as in lib/model/decoder.ts; `pause` is awaited between pieces of work. */
export async function writeDecoder(draft: DecoderDraft, pause: () => Promise<void>): Promise<void> {
  const { gguf, plan, weights, basis } = draft;
  const { config, int8 } = plan;
  const { layers, heads, headSize, hiddenSize, feedForwardSize, vocabularySize } = config;
  const { graph } = weights;
  const attend = await attention(draft);
  const norm = { epsilon: { float: config.normEpsilon } };

  const matrix = (name: string, outputs: number, inputs: number) =>
    storedMatrix(gguf, `${name}.weight`, outputs, inputs);
  const gain = (name: string) => gguf.readRows(gguf.tensor(`${name}.weight`, 1, hiddenSize));
  const normWeight = (name: string, values: Float32Array) =>
    weights.addFloats(`${name}.weight`, [hiddenSize], basis.normWeight(values));
  const linear = (role: MatrixRole, input: string, weight: Matrix) =>
    draft.linear(input, weight, { fine: int8.fine.has(role) });

  /** norm(residual + added) and the sum itself. */
  function addAndNorm(residual: string, added: string, weight: string): [string, string] {
    const outputs: [string, string, string, string] = [graph.fresh('normed'), '', '', graph.fresh('residual')];
    const [normed, , , sum] = graph.node('SkipSimplifiedLayerNormalization', [residual, added, weight], outputs, norm);
    return [normed, sum];
  }

  /** What attention or feed-forward adds, through the norm behind it where there is one. */
  async function postNorm(added: string, name: string): Promise<string> {
    if (!plan.postNorms) return added;
    const weight = weights.addFloats(`${name}.weight`, [hiddenSize], await gain(name));
    return graph.op('SimplifiedLayerNormalization', [added, weight], norm);
  }

  const rows = graph.input('rows', 'int64', ['n']);
  const x = graph.input('x', 'float32', [1, 'S', hiddenSize]);
  const exact = await exactFirstToken(draft, x, pause);
  let residual = plan.embeddingScale === 1 ? x : graph.op('Mul', [x, graph.scalar('float32', plan.embeddingScale)]);
  let added: string | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}`;
    const attentionGain = await gain(`${prefix}.attn_norm`);
    const attentionNorm = normWeight(`${prefix}.attn_norm`, attentionGain);
    let normed: string;
    if (added === undefined) normed = graph.op('SimplifiedLayerNormalization', [residual, attentionNorm], norm);
    else [normed, residual] = addAndNorm(residual, added, attentionNorm);

    let packed = await queriesKeysValues(draft, layer, normed, attentionGain);
    if (exact) packed = graph.op('Where', [exact.mask, exact.packed(layer), packed]);
    let attended = attend.layer(layer, packed);
    if (layer === layers - 1) {
      // Behind the last attention only the wanted rows matter.
      const wanted = (all: string) => graph.op('Gather', [all, rows], { axis: { int: 1 } });
      [attended, residual] = [wanted(attended), wanted(residual)];
    }
    const output = basis.readsHeads(matrix(`${prefix}.attn_output`, hiddenSize, heads * headSize), headSize);
    added = linear('attentionOutput', attended, basis.writesResidual(output));
    added = await postNorm(added, `${prefix}.post_attention_norm`);

    const feedForwardGain = await gain(`${prefix}.ffn_norm`);
    [normed, residual] = addAndNorm(residual, added, normWeight(`${prefix}.ffn_norm`, feedForwardGain));
    const reads = (name: string) =>
      basis.readsResidual(matrix(`${prefix}.${name}`, feedForwardSize, hiddenSize), feedForwardGain);
    const gate = linear('gate', normed, reads('ffn_gate'));
    const up = linear('up', normed, reads('ffn_up'));
    const activated =
      plan.activation === 'silu' ? graph.op('Mul', [gate, graph.op('Sigmoid', [gate])]) : graph.op('FastGelu', [gate]);
    const down = basis.writesResidual(matrix(`${prefix}.ffn_down`, hiddenSize, feedForwardSize));
    added = linear('down', graph.op('Mul', [activated, up]), down);
    added = await postNorm(added, `${prefix}.post_ffw_norm`);
  }

  const outputGain = await gain('output_norm');
  const [final] = addAndNorm(residual, added!, normWeight('output_norm', outputGain));
  const head = matrix(gguf.has('output.weight') ? 'output' : 'token_embd', vocabularySize, hiddenSize);
  const logits = linear('logits', graph.op('Squeeze', [final, graph.constant('int64', [1], [0])]), {
    ...basis.readsResidual(head, outputGain),
    name: 'logits.weight',
  });
  graph.node('Identity', [logits], ['logits']);
  graph.output('logits', 'float32', ['n', vocabularySize]);
}
