// The exact forward pass of one token at position 0, where attention sees nothing else and rotary positions turn nothing.
// Its keys and values are constants of the model. Every later position attends to them (attention sinks,
// https://arxiv.org/abs/2309.17453), and this token's activations are far larger than all others: rounding it costs the most.
import type { DecoderConfig } from '../../decoder.ts';
import type { GgufFile } from '../gguf-file.ts';

export interface KeyValue {
  /** Rows in the file's order, keyValueHeads x headSize. */
  key: Float32Array<ArrayBuffer>;
  value: Float32Array<ArrayBuffer>;
}

/** One entry per layer. */
export async function firstTokenKeyValues(gguf: GgufFile, config: DecoderConfig, id: number): Promise<KeyValue[]> {
  const { heads, keyValueHeads, headSize, normEpsilon } = config;
  const rows = (name: string) => gguf.readRows(gguf.tensor(`${name}.weight`));
  const residual = await gguf.readRows(gguf.tensor('token_embd.weight'), id, 1);
  const layers: KeyValue[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const weight = (name: string) => rows(`blk.${layer}.${name}`);
    const input = rmsNorm(residual, await weight('attn_norm'), normEpsilon);
    const key = times(await weight('attn_k'), input);
    const value = times(await weight('attn_v'), input);
    layers.push({ key, value });

    const attended = new Float32Array(heads * headSize);
    const group = heads / keyValueHeads;
    for (let head = 0; head < heads; head++) {
      const from = Math.floor(head / group) * headSize;
      attended.set(value.subarray(from, from + headSize), head * headSize);
    }
    add(residual, times(await weight('attn_output'), attended));

    const normed = rmsNorm(residual, await weight('ffn_norm'), normEpsilon);
    const hidden = times(await weight('ffn_gate'), normed);
    const up = times(await weight('ffn_up'), normed);
    for (let i = 0; i < hidden.length; i++) hidden[i] *= up[i] / (1 + Math.exp(-hidden[i]));
    add(residual, times(await weight('ffn_down'), hidden));
  }
  return layers;
}

function rmsNorm(x: Float32Array, gain: Float32Array, epsilon: number): Float32Array {
  let squares = 0;
  for (const value of x) squares += value * value;
  const scale = 1 / Math.sqrt(squares / x.length + epsilon);
  return x.map((value, i) => value * scale * gain[i]);
}

/** Matrix times vector. */
function times(matrix: Float32Array, x: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(matrix.length / x.length);
  for (let row = 0, at = 0; row < out.length; row++) {
    let sum = 0;
    for (const value of x) sum += matrix[at++] * value;
    out[row] = sum;
  }
  return out;
}

function add(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}
