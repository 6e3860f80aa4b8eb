// A small but complete GGUF of any of our architectures, with random weights: for unit tests, and for end-to-end tests without a
// real model.
import { quantize, GGML_TYPES } from './quantize.ts';
import type { GgmlType } from './quantize.ts';
import { writeGguf } from './gguf-writer.ts';
import type { WrittenTensor, WrittenValue } from './gguf-writer.ts';

export type TinyArchitecture = 'llama' | 'qwen2' | 'qwen3' | 'gemma3';

export interface TinyGgufOptions {
  architecture?: TinyArchitecture;
  layers?: number;
  heads?: number;
  keyValueHeads?: number;
  headSize?: number;
  /** Channels; heads x headSize unless said otherwise. */
  hiddenSize?: number;
  feedForwardSize?: number;
  contextLength?: number;
  seed?: number;
  /** Type of each matrix by the end of its name, such as `ffn_down`; others are Q4_1, embeddings Q8_0, norms F32. */
  types?: Record<string, GgmlType>;
  /** Type of the matrices that `types` does not name. */
  matrixType?: GgmlType;
  /** Adds an output matrix of its own instead of the embeddings. */
  untied?: boolean;
  /** Adds factors of the rotary frequencies, as Llama 3.1 has. */
  ropeFactors?: boolean;
  /** Metadata beside or instead of the usual. */
  metadata?: Record<string, WrittenValue>;
  /** Adds a vector of this name, which no llama has. */
  extra?: string;
}

const CONTROL_TOKENS = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
const MERGES = ['Ġ t', 'h e', 'Ġt he', 'i n', 'a n', 'Ġ a', 'e r', 'o n', 'Ġ s', 'r e', 'Ġ w', 'an d', 'Ġa nd', 'in g'];
const CHAT_TEMPLATE =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/** Bytes of the file: two layers of 128 channels and 288 tokens unless said otherwise. */
export function tinyGguf(options: TinyGgufOptions = {}): Uint8Array<ArrayBuffer> {
  const { architecture = 'llama', layers = 2, heads = 2, keyValueHeads = 1, headSize = 64 } = options;
  const { feedForwardSize = 256, hiddenSize = heads * headSize, matrixType = 'Q4_1' } = options;
  const gemma = architecture === 'gemma3';
  const tokens = tinyVocabulary();
  const random = gaussian(options.seed ?? 1);
  const tensors: WrittenTensor[] = [];

  function tensor(name: string, dimensions: number[], type: GgmlType, spread: number, mean = 0, part = 'weight'): void {
    const values = new Float32Array(dimensions.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) values[i] = mean + spread * random();
    tensors.push({ name: `${name}.${part}`, dimensions, type: GGML_TYPES[type], data: quantize(values, type) });
  }
  function matrix(name: string, inputs: number, outputs: number, fallback: GgmlType = matrixType): void {
    const type = options.types?.[name.replace(/^blk\.\d+\./, '')] ?? fallback;
    tensor(name, [inputs, outputs], type, 1.5 / Math.sqrt(inputs));
  }

  // Gemma's embeddings are scaled on their way in; unscaled ones of the usual size would drown what the layers add.
  const embeddingSpread = gemma ? 1 / Math.sqrt(hiddenSize) : 0.5;
  tensor('token_embd', [hiddenSize, tokens.length], options.types?.token_embd ?? 'Q8_0', embeddingSpread);
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}`;
    tensor(`${prefix}.attn_norm`, [hiddenSize], 'F32', 0.2, 1);
    matrix(`${prefix}.attn_q`, hiddenSize, heads * headSize);
    matrix(`${prefix}.attn_k`, hiddenSize, keyValueHeads * headSize);
    matrix(`${prefix}.attn_v`, hiddenSize, keyValueHeads * headSize);
    matrix(`${prefix}.attn_output`, heads * headSize, hiddenSize);
    if (architecture === 'qwen2') {
      for (const [name, count] of [
        ['attn_q', heads],
        ['attn_k', keyValueHeads],
        ['attn_v', keyValueHeads],
      ] as const) {
        tensor(`${prefix}.${name}`, [count * headSize], 'F32', 0.5, 0, 'bias');
      }
    }
    if (architecture === 'qwen3' || gemma) {
      tensor(`${prefix}.attn_q_norm`, [headSize], 'F32', 0.2, 1);
      tensor(`${prefix}.attn_k_norm`, [headSize], 'F32', 0.2, 1);
    }
    if (gemma) {
      tensor(`${prefix}.post_attention_norm`, [hiddenSize], 'F32', 0.2, 1);
      tensor(`${prefix}.post_ffw_norm`, [hiddenSize], 'F32', 0.2, 1);
    }
    tensor(`${prefix}.ffn_norm`, [hiddenSize], 'F32', 0.2, 1);
    matrix(`${prefix}.ffn_gate`, hiddenSize, feedForwardSize);
    matrix(`${prefix}.ffn_up`, hiddenSize, feedForwardSize);
    matrix(`${prefix}.ffn_down`, feedForwardSize, hiddenSize);
  }
  tensor('output_norm', [hiddenSize], 'F32', 0.2, 1);
  if (options.untied) matrix('output', hiddenSize, tokens.length, 'F16');

  if (options.ropeFactors) {
    const factors = Float32Array.from({ length: headSize / 2 }, (_, pair) => (pair < headSize / 8 ? 1 : 1 + pair / 8));
    const data = quantize(factors, 'F32');
    tensors.push({ name: 'rope_freqs.weight', dimensions: [headSize / 2], type: GGML_TYPES.F32, data });
  }
  if (options.extra) {
    const data = quantize(new Float32Array(hiddenSize), 'F32');
    tensors.push({ name: options.extra, dimensions: [hiddenSize], type: GGML_TYPES.F32, data });
  }

  return writeGguf(
    {
      'general.architecture': architecture,
      'general.name': 'Tiny',
      [`${architecture}.block_count`]: { uint32: layers },
      [`${architecture}.context_length`]: { uint32: options.contextLength ?? 512 },
      [`${architecture}.embedding_length`]: { uint32: hiddenSize },
      [`${architecture}.feed_forward_length`]: { uint32: feedForwardSize },
      [`${architecture}.attention.head_count`]: { uint32: heads },
      [`${architecture}.attention.head_count_kv`]: { uint32: keyValueHeads },
      [`${architecture}.rope.freq_base`]: { float32: 10000 },
      [`${architecture}.rope.dimension_count`]: { uint32: headSize },
      [`${architecture}.attention.layer_norm_rms_epsilon`]: { float32: 1e-5 },
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'smollm',
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.token_type': { int32s: tokens.map((token) => (CONTROL_TOKENS.includes(token) ? 3 : 1)) },
      'tokenizer.ggml.merges': MERGES,
      'tokenizer.ggml.bos_token_id': { uint32: 1 },
      'tokenizer.ggml.eos_token_id': { uint32: 2 },
      'tokenizer.ggml.add_bos_token': false,
      'tokenizer.chat_template': CHAT_TEMPLATE,
      ...(hiddenSize === heads * headSize ? {} : keyLengths(architecture, headSize)),
      ...(gemma ? { 'gemma3.attention.sliding_window': { uint32: 8 }, ...keyLengths(architecture, headSize) } : {}),
      ...options.metadata,
    },
    tensors,
  );
}

function keyLengths(architecture: TinyArchitecture, headSize: number): Record<string, WrittenValue> {
  return {
    [`${architecture}.attention.key_length`]: { uint32: headSize },
    [`${architecture}.attention.value_length`]: { uint32: headSize },
  };
}

/** Control tokens, the 256 byte tokens, the merged ones, and fillers up to a multiple of 32. */
export function tinyVocabulary(): string[] {
  const tokens = [...CONTROL_TOKENS, ...byteCharacters(), ...MERGES.map((merge) => merge.replace(' ', ''))];
  while (tokens.length % 32 !== 0) tokens.push(`filler${tokens.length}`);
  return tokens;
}

/** GPT-2's printable character for each byte: itself where printable, else from U+0100 on. */
function byteCharacters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(printable ? byte : next++);
  });
}

/** Standard normal numbers, the same for the same seed (mulberry32, Box-Muller). */
export function gaussian(seed: number): () => number {
  let state = seed;
  function uniform(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
