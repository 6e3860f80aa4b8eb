// Whether a file has exactly the tensors that its plan asks for: known from its head, before any weight is read.
import { AppError } from '../../errors.ts';
import type { DecoderPlan } from './architectures/architecture.ts';
import type { GgufFile } from './gguf-file.ts';

type Sizes = [name: string, rows: number, columns: number];

/** Throws `model-corrupt` for a tensor that is missing or of another size, `unsupported` for one that the graph would leave out. */
export function checkTensors(gguf: GgufFile, plan: DecoderPlan): void {
  const tensors = requiredTensors(gguf, plan);
  for (const [name, rows, columns] of tensors) gguf.tensor(name, rows, columns);
  const known = new Set(tensors.map(([name]) => name));
  const unknown = gguf.tensorNames.find((name) => !known.has(name));
  if (unknown) throw new AppError('unsupported', `${plan.config.architecture} with ${unknown}`);
}

function requiredTensors(gguf: GgufFile, plan: DecoderPlan): Sizes[] {
  const { layers, heads, keyValueHeads, headSize, hiddenSize, feedForwardSize, vocabularySize } = plan.config;
  const queries = heads * headSize;
  const keys = keyValueHeads * headSize;
  const optional: Sizes[] = [
    ['output.weight', vocabularySize, hiddenSize],
    ['rope_freqs.weight', 1, headSize / 2],
  ];
  const perLayer: Sizes[] = [
    ['attn_norm.weight', 1, hiddenSize],
    ['attn_q.weight', queries, hiddenSize],
    ['attn_k.weight', keys, hiddenSize],
    ['attn_v.weight', keys, hiddenSize],
    ['attn_output.weight', hiddenSize, queries],
    ['ffn_norm.weight', 1, hiddenSize],
    ['ffn_gate.weight', feedForwardSize, hiddenSize],
    ['ffn_up.weight', feedForwardSize, hiddenSize],
    ['ffn_down.weight', hiddenSize, feedForwardSize],
  ];
  if (plan.queryKeyValueBiases) {
    perLayer.push(['attn_q.bias', 1, queries], ['attn_k.bias', 1, keys], ['attn_v.bias', 1, keys]);
  }
  if (plan.queryKeyNorms) perLayer.push(['attn_q_norm.weight', 1, headSize], ['attn_k_norm.weight', 1, headSize]);
  if (plan.postNorms) {
    perLayer.push(['post_attention_norm.weight', 1, hiddenSize], ['post_ffw_norm.weight', 1, hiddenSize]);
  }
  return [
    ['token_embd.weight', vocabularySize, hiddenSize],
    ['output_norm.weight', 1, hiddenSize],
    ...optional.filter(([name]) => gguf.has(name)),
    ...Array.from({ length: layers }, (_, layer) =>
      perLayer.map(([name, rows, columns]): Sizes => [`blk.${layer}.${name}`, rows, columns]),
    ).flat(),
  ];
}
