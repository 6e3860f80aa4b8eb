// A GGUF of the true shape of a large model, with random weights: for measuring what conversion and decoding cost.
import { writeGguf, type WrittenTensor, type WrittenValue } from '../../tests/reference/gguf-writer.ts';
import { openRealModel } from '../../tests/reference/real-model.ts';

interface Shape {
  name: string;
  layers: number;
  hidden: number;
  heads: number;
  keyValueHeads: number;
  headSize: number;
  feedForward: number;
  vocabulary: number;
}

export const HALF_BILLION: Shape = {
  name: 'Qwen3-0.6B',
  layers: 28,
  hidden: 1024,
  heads: 16,
  keyValueHeads: 8,
  headSize: 128,
  feedForward: 3072,
  vocabulary: 151936,
};
/** The largest of the catalogue. */
export const BILLION_AND_A_HALF: Shape = {
  name: 'Qwen2.5-1.5B',
  layers: 28,
  hidden: 1536,
  heads: 12,
  keyValueHeads: 2,
  headSize: 128,
  feedForward: 8960,
  vocabulary: 151936,
};
const Q8_0 = { type: 8, values: 32, bytes: 34 };
const F32 = { type: 0, values: 1, bytes: 4 };

/** The bytes of the file in Q8_0, as of a qwen3. Its tokenizer is the default model's, filled up to the right size. */
export async function largeGguf(shape: Shape): Promise<Uint8Array<ArrayBuffer>> {
  const { layers, hidden, heads, keyValueHeads, headSize, feedForward, vocabulary } = shape;
  const blocks = randomBlocks((vocabulary * hidden) / Q8_0.values);
  const tensors: WrittenTensor[] = [];
  const matrix = (name: string, inputs: number, outputs: number) => {
    const data = blocks.subarray(0, ((inputs * outputs) / Q8_0.values) * Q8_0.bytes);
    tensors.push({ name: `${name}.weight`, dimensions: [inputs, outputs], type: Q8_0.type, data });
  };
  const norm = (name: string, size: number) => {
    const data = new Uint8Array(new Float32Array(size).fill(1).buffer);
    tensors.push({ name: `${name}.weight`, dimensions: [size], type: F32.type, data });
  };
  matrix('token_embd', hidden, vocabulary);
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}`;
    norm(`${prefix}.attn_norm`, hidden);
    matrix(`${prefix}.attn_q`, hidden, heads * headSize);
    matrix(`${prefix}.attn_k`, hidden, keyValueHeads * headSize);
    matrix(`${prefix}.attn_v`, hidden, keyValueHeads * headSize);
    norm(`${prefix}.attn_q_norm`, headSize);
    norm(`${prefix}.attn_k_norm`, headSize);
    matrix(`${prefix}.attn_output`, heads * headSize, hidden);
    norm(`${prefix}.ffn_norm`, hidden);
    matrix(`${prefix}.ffn_gate`, hidden, feedForward);
    matrix(`${prefix}.ffn_up`, hidden, feedForward);
    matrix(`${prefix}.ffn_down`, feedForward, hidden);
  }
  norm('output_norm', hidden);
  return writeGguf(await metadata(shape), tensors);
}

async function metadata(shape: Shape): Promise<Record<string, WrittenValue>> {
  const { metadata: real } = await openRealModel();
  const tokens = real.strings('tokenizer.ggml.tokens');
  const types = real.numbers('tokenizer.ggml.token_type');
  while (tokens.length < shape.vocabulary) types[tokens.push(`[PAD${tokens.length}]`) - 1] = 5;
  return {
    'general.architecture': 'qwen3',
    'general.name': `Random weights of the shape of ${shape.name}`,
    'qwen3.block_count': { uint32: shape.layers },
    'qwen3.context_length': { uint32: 40960 },
    'qwen3.embedding_length': { uint32: shape.hidden },
    'qwen3.feed_forward_length': { uint32: shape.feedForward },
    'qwen3.attention.head_count': { uint32: shape.heads },
    'qwen3.attention.head_count_kv': { uint32: shape.keyValueHeads },
    'qwen3.attention.key_length': { uint32: shape.headSize },
    'qwen3.attention.value_length': { uint32: shape.headSize },
    'qwen3.rope.freq_base': { float32: 1e6 },
    'qwen3.attention.layer_norm_rms_epsilon': { float32: 1e-6 },
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': 'qwen2',
    'tokenizer.ggml.tokens': tokens,
    'tokenizer.ggml.token_type': { int32s: types },
    'tokenizer.ggml.merges': real.strings('tokenizer.ggml.merges'),
    'tokenizer.ggml.bos_token_id': { uint32: 1 },
    'tokenizer.ggml.eos_token_id': { uint32: 2 },
    'tokenizer.ggml.add_bos_token': false,
    'tokenizer.chat_template': real.string('tokenizer.chat_template'),
  };
}

/** Q8_0 blocks of one small scale and uniform numbers (xorshift). */
function randomBlocks(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count * Q8_0.bytes);
  let state = 1;
  for (let at = 0; at < bytes.length; at += Q8_0.bytes) {
    bytes[at] = 0x66;
    bytes[at + 1] = 0x0e; // 0.0004 in half precision
    for (let i = 2; i < Q8_0.bytes; i += 4) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes[at + i] = state;
      bytes[at + i + 1] = state >> 8;
      bytes[at + i + 2] = state >> 16;
      bytes[at + i + 3] = state >> 24;
    }
  }
  return bytes;
}
