// llama: RMS norms, grouped-query attention with rotary positions, SwiGLU. Also SmolLM2, Llama 3 and others of that shape.
import { AppError } from '../../../errors.ts';
import type { DecoderConfig } from '../../decoder.ts';
import { attention } from '../attention.ts';
import type { GgufFile } from '../gguf-file.ts';
import { firstTokenMask } from '../first-token.ts';
import { changedMatrix, stackedMatrix, storedMatrix, vectorMatrix, wholeMatrix } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import type { Metadata } from '../metadata.ts';
import type { Architecture, DecoderDraft } from './architecture.ts';
import { firstTokenKeyValues } from './llama-first-token.ts';

/**
 * For what suffers from a rounded input, as measured on SmolLM2-135M: attention's queries, keys and values, the gate, the down
 * projection (SwiGLU makes single values far beyond the others of their row) and the logits. The others would gain next to nothing.
 */
const FINE = { fine: true };

export const llama: Architecture = { name: 'llama', readConfig, write };

function readConfig(metadata: Metadata, gguf: GgufFile): DecoderConfig {
  const hiddenSize = metadata.number('llama.embedding_length');
  const heads = metadata.number('llama.attention.head_count');
  const headSize = metadata.number('llama.attention.key_length', hiddenSize / heads);
  if (metadata.number('llama.rope.dimension_count', headSize) !== headSize) {
    throw new AppError('unsupported', 'llama with rotary positions on a part of the head');
  }
  if (metadata.string('llama.rope.scaling.type', 'none') !== 'none') {
    throw new AppError('unsupported', 'llama with scaled rotary positions');
  }
  return {
    architecture: 'llama',
    layers: metadata.number('llama.block_count'),
    heads,
    keyValueHeads: metadata.number('llama.attention.head_count_kv', heads),
    headSize,
    hiddenSize,
    feedForwardSize: metadata.number('llama.feed_forward_length'),
    vocabularySize: gguf.tensor('token_embd.weight', undefined, hiddenSize).rows,
    contextLength: metadata.number('llama.context_length'),
    ropeTheta: metadata.number('llama.rope.freq_base', 10000),
    normEpsilon: metadata.number('llama.attention.layer_norm_rms_epsilon'),
  };
}

async function write(draft: DecoderDraft): Promise<void> {
  const { gguf, config, weights, linear, basis } = draft;
  const { layers, heads, keyValueHeads, headSize, hiddenSize, feedForwardSize, vocabularySize } = config;
  const { graph } = weights;
  const attend = attention(draft, await rotaryFrequencies(gguf, config));

  const matrix = (name: string, outputs: number, inputs: number) =>
    storedMatrix(gguf, `${name}.weight`, outputs, inputs);
  const gain = (name: string) => gguf.readRows(gguf.tensor(`${name}.weight`, 1, hiddenSize));
  const normWeight = (name: string, values: Float32Array) =>
    weights.addFloats(`${name}.weight`, [hiddenSize], basis.normWeight(values));
  const norm = { epsilon: { float: config.normEpsilon } };

  /** norm(residual + added) and the sum itself. */
  function addAndNorm(residual: string, added: string, weight: string): [string, string] {
    const outputs: [string, string, string, string] = [graph.fresh('normed'), '', '', graph.fresh('residual')];
    const [normed, , , sum] = graph.node('SkipSimplifiedLayerNormalization', [residual, added, weight], outputs, norm);
    return [normed, sum];
  }

  const rows = graph.input('rows', 'int64', ['n']);
  let residual = graph.input('x', 'float32', [1, 'S', hiddenSize]);
  const exact = await exactFirstToken(draft, residual);
  let added: string | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}`;
    const attentionGain = await gain(`${prefix}.attn_norm`);
    const attentionNorm = normWeight(`${prefix}.attn_norm`, attentionGain);
    let normed: string;
    if (added === undefined) normed = graph.op('SimplifiedLayerNormalization', [residual, attentionNorm], norm);
    else [normed, residual] = addAndNorm(residual, added, attentionNorm);

    const query = halfSplitPairs(matrix(`${prefix}.attn_q`, heads * headSize, hiddenSize), headSize);
    const key = halfSplitPairs(matrix(`${prefix}.attn_k`, keyValueHeads * headSize, hiddenSize), headSize);
    const value = matrix(`${prefix}.attn_v`, keyValueHeads * headSize, hiddenSize);
    let packed = linear(
      normed,
      stackedMatrix(`${prefix}.attn_qkv.weight`, [
        basis.readsResidual(query, attentionGain),
        basis.readsResidual(key, attentionGain),
        basis.writesHeads(basis.readsResidual(value, attentionGain), headSize),
      ]),
      FINE,
    );
    if (exact) packed = graph.op('Where', [exact.mask, exact.packed(layer), packed]);
    let attended = attend.layer(layer, packed);
    if (layer === layers - 1) {
      // Behind the last attention only the wanted rows matter.
      const wanted = (all: string) => graph.op('Gather', [all, rows], { axis: { int: 1 } });
      [attended, residual] = [wanted(attended), wanted(residual)];
    }
    const output = basis.readsHeads(matrix(`${prefix}.attn_output`, hiddenSize, heads * headSize), headSize);
    added = linear(attended, basis.writesResidual(output));

    const feedForwardGain = await gain(`${prefix}.ffn_norm`);
    [normed, residual] = addAndNorm(residual, added, normWeight(`${prefix}.ffn_norm`, feedForwardGain));
    const gate = linear(
      normed,
      basis.readsResidual(matrix(`${prefix}.ffn_gate`, feedForwardSize, hiddenSize), feedForwardGain),
      FINE,
    );
    const up = linear(
      normed,
      basis.readsResidual(matrix(`${prefix}.ffn_up`, feedForwardSize, hiddenSize), feedForwardGain),
    );
    const swish = graph.op('Mul', [gate, graph.op('Sigmoid', [gate])]);
    const down = basis.writesResidual(matrix(`${prefix}.ffn_down`, hiddenSize, feedForwardSize));
    added = linear(graph.op('Mul', [swish, up]), down, FINE);
  }

  const outputGain = await gain('output_norm');
  const [final] = addAndNorm(residual, added!, normWeight('output_norm', outputGain));
  const head = matrix(gguf.has('output.weight') ? 'output' : 'token_embd', vocabularySize, hiddenSize);
  const logits = linear(
    graph.op('Squeeze', [final, graph.constant('int64', [1], [0])]),
    {
      ...basis.readsResidual(head, outputGain),
      name: 'logits.weight',
    },
    FINE,
  );
  graph.node('Identity', [logits], ['logits']);
  graph.output('logits', 'float32', ['n', vocabularySize]);
}

/** Where the first token stands, and its exact keys and values (with queries of zero: alone, it attends to itself whatever it asks). */
async function exactFirstToken(draft: DecoderDraft, x: string) {
  const { gguf, config, weights, basis, firstToken } = draft;
  if (!firstToken) return undefined;
  const { heads, headSize, hiddenSize } = config;
  const embedding = weights.addFloats('first_token.embedding', [hiddenSize], firstToken.embedding);
  const keyValues = await firstTokenKeyValues(gguf, config, firstToken.id);
  return {
    mask: firstTokenMask(weights.graph, x, 'total', embedding),
    packed(layer: number): string {
      const { key, value } = keyValues[layer];
      const row = stackedMatrix(`first_token.${layer}.attn_qkv`, [
        vectorMatrix('query', new Float32Array(heads * headSize)),
        halfSplitPairs(vectorMatrix('key', key), headSize),
        basis.writesHeads(vectorMatrix('value', value), headSize),
      ]);
      return weights.addMatrix(row, [1, 1, row.outputs]);
    },
  };
}

/** GGUF keeps rotary pairs side by side, ONNX Runtime the first members of all pairs before the second ones. */
function halfSplitPairs(matrix: Matrix, headSize: number): Matrix {
  const { inputs } = matrix;
  const half = headSize / 2;
  return changedMatrix(wholeMatrix(matrix), (slice) => {
    const head = new Float32Array(headSize * inputs);
    for (let start = 0; start < slice.length; start += head.length) {
      head.set(slice.subarray(start, start + head.length));
      for (let row = 0; row < headSize; row++) {
        const target = start + ((row >> 1) + (row & 1) * half) * inputs;
        slice.set(head.subarray(row * inputs, (row + 1) * inputs), target);
      }
    }
  });
}

/** theta^(-2i / headSize), divided by the file's own factors where it has them (Llama 3.1 and later). */
async function rotaryFrequencies(gguf: GgufFile, { headSize, ropeTheta }: DecoderConfig): Promise<Float64Array> {
  const pairs = headSize / 2;
  const factors = gguf.has('rope_freqs.weight')
    ? await gguf.readRows(gguf.tensor('rope_freqs.weight', 1, pairs))
    : new Float32Array(pairs).fill(1);
  return Float64Array.from(factors, (factor, pair) => ropeTheta ** (-pair / pairs) / factor);
}
