// The exact forward pass of one token at position 0, where attention sees nothing else and rotary positions turn nothing.
// Its keys and values are constants of the model. Every later position attends to them (attention sinks,
// https://arxiv.org/abs/2309.17453), and this token's activations are far larger than all others: rounding it costs the most.
import type { DecoderPlan } from './architectures/architecture.ts';
import type { GgufFile } from './gguf-file.ts';

export interface KeyValue {
  /** Rows in the file's order, keyValueHeads x headSize. */
  key: Float32Array<ArrayBuffer>;
  value: Float32Array<ArrayBuffer>;
}

/** One entry per layer; `pause` is awaited between layers and may throw to stop it. */
export async function firstTokenKeyValues(
  gguf: GgufFile,
  plan: DecoderPlan,
  id: number,
  pause: () => Promise<void>,
): Promise<KeyValue[]> {
  const { heads, keyValueHeads, headSize, normEpsilon, layers } = plan.config;
  const read = (name: string) => gguf.readRows(gguf.tensor(name));
  const residual = await gguf.readRows(gguf.tensor('token_embd.weight'), id, 1);
  scale(residual, plan.embeddingScale);
  const all: KeyValue[] = [];
  for (let layer = 0; layer < layers; layer++) {
    await pause();
    const weight = (name: string) => read(`blk.${layer}.${name}.weight`);
    const projected = async (name: string, x: Float32Array) => {
      const out = times(await weight(name), x);
      if (plan.queryKeyValueBiases) add(out, await read(`blk.${layer}.${name}.bias`));
      return out;
    };
    const input = rmsNorm(residual, await weight('attn_norm'), normEpsilon);
    let key = await projected('attn_k', input);
    if (plan.queryKeyNorms) key = rmsNorm(key, await weight('attn_k_norm'), normEpsilon);
    const value = await projected('attn_v', input);
    all.push({ key, value });
    if (layer === layers - 1) break;

    const attended = new Float32Array(heads * headSize);
    const group = heads / keyValueHeads;
    for (let head = 0; head < heads; head++) {
      const from = Math.floor(head / group) * headSize;
      attended.set(value.subarray(from, from + headSize), head * headSize);
    }
    let added = times(await weight('attn_output'), attended);
    if (plan.postNorms) added = rmsNorm(added, await weight('post_attention_norm'), normEpsilon);
    add(residual, added);

    const normed = rmsNorm(residual, await weight('ffn_norm'), normEpsilon);
    const hidden = times(await weight('ffn_gate'), normed);
    const up = times(await weight('ffn_up'), normed);
    const activate = plan.activation === 'silu' ? silu : gelu;
    for (let i = 0; i < hidden.length; i++) hidden[i] = activate(hidden[i]) * up[i];
    added = times(await weight('ffn_down'), hidden);
    if (plan.postNorms) added = rmsNorm(added, await weight('post_ffw_norm'), normEpsilon);
    add(residual, added);
  }
  return all;
}

const silu = (x: number) => x / (1 + Math.exp(-x));
/** The tanh approximation, which is what the models were trained with. */
const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** Each run of `gain.length` values over its root mean square. */
function rmsNorm(x: Float32Array, gain: Float32Array, epsilon: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += gain.length) {
    let squares = 0;
    for (let i = 0; i < gain.length; i++) squares += x[start + i] * x[start + i];
    const factor = 1 / Math.sqrt(squares / gain.length + epsilon);
    for (let i = 0; i < gain.length; i++) out[start + i] = x[start + i] * factor * gain[i];
  }
  return out;
}

/** Matrix times vector. */
function times(matrix: Float32Array, x: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(matrix.length / x.length);
  for (let row = 0; row < out.length; row++) {
    const start = row * x.length;
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += matrix[start + i] * x[i];
    out[row] = sum;
  }
  return out;
}

function add(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}

function scale(x: Float32Array, factor: number): void {
  if (factor !== 1) for (let i = 0; i < x.length; i++) x[i] *= factor;
}
