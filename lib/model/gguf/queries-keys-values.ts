// A layer's queries, keys and values, packed one behind the other as attention takes them.
import type { DecoderDraft } from './decoder-draft.ts';
import { halfSplitPairs, stackedMatrix, storedMatrix, vectorMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** Adds one multiplication for all three, biases and head norms where the plan has them; returns [1, S, sizes of all]. */
export async function queriesKeysValues(
  draft: DecoderDraft,
  layer: number,
  normed: string,
  gain: Float32Array,
): Promise<string> {
  const { gguf, plan, weights, basis, linear } = draft;
  const { heads, keyValueHeads, headSize, hiddenSize } = plan.config;
  const { graph } = weights;
  const prefix = `blk.${layer}`;
  const stored = (name: string, count: number) =>
    storedMatrix(gguf, `${prefix}.${name}.weight`, count * headSize, hiddenSize);

  let packed = linear(
    normed,
    stackedMatrix(`${prefix}.attn_qkv.weight`, [
      basis.readsResidual(rotaryOrder(draft, stored('attn_q', heads)), gain),
      basis.readsResidual(rotaryOrder(draft, stored('attn_k', keyValueHeads)), gain),
      basis.writesHeads(basis.readsResidual(stored('attn_v', keyValueHeads), gain), headSize),
    ]),
    { fine: plan.int8.fine.has('queryKeyValue') },
  );
  if (plan.queryKeyValueBiases) {
    const bias = async (name: string, count: number) => {
      const tensor = gguf.tensor(`${prefix}.${name}.bias`, 1, count * headSize);
      return vectorMatrix(name, await gguf.readRows(tensor));
    };
    const biases = stackedMatrix(`${prefix}.attn_qkv.bias`, [
      rotaryOrder(draft, await bias('attn_q', heads)),
      rotaryOrder(draft, await bias('attn_k', keyValueHeads)),
      basis.writesHeads(await bias('attn_v', keyValueHeads), headSize),
    ]);
    packed = graph.op('Add', [packed, weights.addMatrix(biases, [biases.outputs])]);
  }
  return plan.queryKeyNorms ? withNormedHeads(draft, layer, packed) : packed;
}

/** Rows of queries or keys as the attention operator takes them. */
export function rotaryOrder({ plan }: DecoderDraft, matrix: Matrix): Matrix {
  return plan.rotaryPairs === 'adjacent' ? halfSplitPairs(matrix, plan.config.headSize) : matrix;
}

/** `packed` with each head of queries and keys through its norm. */
async function withNormedHeads(draft: DecoderDraft, layer: number, packed: string): Promise<string> {
  const { gguf, plan, weights } = draft;
  const { heads, keyValueHeads, headSize, normEpsilon } = plan.config;
  const { graph } = weights;
  const sizes = [heads * headSize, keyValueHeads * headSize, keyValueHeads * headSize];
  const names: [string, string, string] = [graph.fresh('query'), graph.fresh('key'), graph.fresh('value')];
  const split = [packed, graph.constant('int64', [3], sizes)];
  const [query, key, value] = graph.node('Split', split, names, { axis: { int: -1 } });
  const normed = async (all: string, name: string, count: number) => {
    const gain = await gguf.readRows(gguf.tensor(`blk.${layer}.${name}.weight`, 1, headSize));
    const weight = weights.addFloats(`blk.${layer}.${name}.weight`, [headSize], gain);
    const byHead = graph.op('Reshape', [all, graph.constant('int64', [4], [0, 0, count, headSize])]);
    const inside = graph.op('SimplifiedLayerNormalization', [byHead, weight], { epsilon: { float: normEpsilon } });
    return graph.op('Reshape', [inside, graph.constant('int64', [3], [0, 0, count * headSize])]);
  };
  const parts = [await normed(query, 'attn_q_norm', heads), await normed(key, 'attn_k_norm', keyValueHeads), value];
  return graph.op('Concat', parts, { axis: { int: -1 } });
}
