// The llama forward pass written out in plain loops over the GGUF's own dequantized tensors: what every graph is measured against.
// Shares nothing with the graph builder but the file reader; rotary pairs stay interleaved as the file has them.
import type { GgufFile } from '../../lib/model/gguf/gguf-file.ts';

/** Logits at every position of `ids`: ids.length x vocabulary, in float32 with float64 sums. */
export async function llamaLogits(gguf: GgufFile, ids: number[]): Promise<Float32Array> {
  const { metadata } = gguf;
  const heads = metadata.number('llama.attention.head_count');
  const keyValueHeads = metadata.number('llama.attention.head_count_kv');
  const hidden = metadata.number('llama.embedding_length');
  const epsilon = metadata.number('llama.attention.layer_norm_rms_epsilon');
  const theta = metadata.number('llama.rope.freq_base');
  const headSize = hidden / heads;
  const weight = (name: string) => gguf.readRows(gguf.tensor(`${name}.weight`));

  const embeddings = await weight('token_embd');
  const x = ids.map((id) => embeddings.slice(id * hidden, (id + 1) * hidden));
  for (let layer = 0; layer < metadata.number('llama.block_count'); layer++) {
    const layerWeight = (name: string) => weight(`blk.${layer}.${name}`);
    const attentionNorm = await layerWeight('attn_norm');
    const normed = x.map((row) => rmsNorm(row, attentionNorm, epsilon));
    const [wq, wk, wv, wo] = await Promise.all(['attn_q', 'attn_k', 'attn_v', 'attn_output'].map(layerWeight));
    const queries = normed.map((row, position) => rotate(times(wq, row), position, headSize, theta));
    const keys = normed.map((row, position) => rotate(times(wk, row), position, headSize, theta));
    const values = normed.map((row) => times(wv, row));
    for (const [position, query] of queries.entries()) {
      const attended = new Float32Array(hidden);
      for (let head = 0; head < heads; head++) {
        attend(attended, query, keys, values, position, head, Math.floor((head * keyValueHeads) / heads), headSize);
      }
      addTo(x[position], times(wo, attended));
    }
    const feedForwardNorm = await layerWeight('ffn_norm');
    const [gate, up, down] = await Promise.all(['ffn_gate', 'ffn_up', 'ffn_down'].map(layerWeight));
    for (const row of x) {
      const input = rmsNorm(row, feedForwardNorm, epsilon);
      const upward = times(up, input);
      const hiddenRow = times(gate, input).map((g, i) => (g / (1 + Math.exp(-g))) * upward[i]);
      addTo(row, times(down, hiddenRow));
    }
  }
  const outputNorm = await weight('output_norm');
  const head = gguf.has('output.weight') ? await weight('output') : embeddings;
  const vocabulary = head.length / hidden;
  const logits = new Float32Array(ids.length * vocabulary);
  for (const [position, row] of x.entries())
    logits.set(times(head, rmsNorm(row, outputNorm, epsilon)), position * vocabulary);
  return logits;
}

function rmsNorm(x: Float32Array, gain: Float32Array, epsilon: number): Float32Array {
  const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  const scale = 1 / Math.sqrt(meanSquare + epsilon);
  return x.map((value, i) => value * scale * gain[i]);
}

function times(matrix: Float32Array, x: Float32Array): Float32Array {
  const out = new Float32Array(matrix.length / x.length);
  for (let row = 0, at = 0; row < out.length; row++) {
    let sum = 0;
    for (const value of x) sum += matrix[at++] * value;
    out[row] = sum;
  }
  return out;
}

function rotate(x: Float32Array, position: number, headSize: number, theta: number): Float32Array {
  return x.map((value, i) => {
    const angle = position * theta ** (-((i % headSize) & ~1) / headSize);
    const partner = x[i ^ 1];
    return value * Math.cos(angle) + (i & 1 ? partner : -partner) * Math.sin(angle);
  });
}

function attend(
  out: Float32Array,
  query: Float32Array,
  keys: Float32Array[],
  values: Float32Array[],
  position: number,
  head: number,
  keyValueHead: number,
  headSize: number,
): void {
  const from = head * headSize;
  const of = keyValueHead * headSize;
  const scores = keys.slice(0, position + 1).map((key) => {
    let sum = 0;
    for (let i = 0; i < headSize; i++) sum += query[from + i] * key[of + i];
    return sum / Math.sqrt(headSize);
  });
  const greatest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - greatest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    for (let i = 0; i < headSize; i++) out[from + i] += (weight / total) * values[at][of + i];
  }
}

function addTo(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}
