// A small but complete llama GGUF with random weights: for unit tests and for end-to-end tests without a real model.
import { quantize, GGML_TYPES } from './quantize.ts';
import type { GgmlType } from './quantize.ts';
import { writeGguf } from './gguf-writer.ts';
import type { WrittenTensor } from './gguf-writer.ts';

export interface TinyGgufOptions {
  layers?: number;
  heads?: number;
  keyValueHeads?: number;
  headSize?: number;
  feedForwardSize?: number;
  contextLength?: number;
  seed?: number;
  /** Type of each matrix by the end of its name, such as `ffn_down`; others are Q4_1, embeddings Q8_0, norms F32. */
  types?: Record<string, GgmlType>;
  /** Adds an output matrix of its own instead of the embeddings. */
  untied?: boolean;
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
  const { layers = 2, heads = 2, keyValueHeads = 1, headSize = 64, feedForwardSize = 256 } = options;
  const hiddenSize = heads * headSize;
  const tokens = tinyVocabulary();
  const random = gaussian(options.seed ?? 1);
  const tensors: WrittenTensor[] = [];

  function tensor(name: string, dimensions: number[], type: GgmlType, spread: number, mean = 0): void {
    const values = new Float32Array(dimensions.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) values[i] = mean + spread * random();
    tensors.push({ name: `${name}.weight`, dimensions, type: GGML_TYPES[type], data: quantize(values, type) });
  }
  function matrix(name: string, inputs: number, outputs: number, fallback: GgmlType = 'Q4_1'): void {
    const type = options.types?.[name.replace(/^blk\.\d+\./, '')] ?? fallback;
    tensor(name, [inputs, outputs], type, 1.5 / Math.sqrt(inputs));
  }

  tensor('token_embd', [hiddenSize, tokens.length], options.types?.token_embd ?? 'Q8_0', 0.5);
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `blk.${layer}`;
    tensor(`${prefix}.attn_norm`, [hiddenSize], 'F32', 0.2, 1);
    matrix(`${prefix}.attn_q`, hiddenSize, heads * headSize);
    matrix(`${prefix}.attn_k`, hiddenSize, keyValueHeads * headSize);
    matrix(`${prefix}.attn_v`, hiddenSize, keyValueHeads * headSize);
    matrix(`${prefix}.attn_output`, heads * headSize, hiddenSize);
    tensor(`${prefix}.ffn_norm`, [hiddenSize], 'F32', 0.2, 1);
    matrix(`${prefix}.ffn_gate`, hiddenSize, feedForwardSize);
    matrix(`${prefix}.ffn_up`, hiddenSize, feedForwardSize);
    matrix(`${prefix}.ffn_down`, feedForwardSize, hiddenSize);
  }
  tensor('output_norm', [hiddenSize], 'F32', 0.2, 1);
  if (options.untied) matrix('output', hiddenSize, tokens.length, 'F16');

  if (options.extra) {
    const data = quantize(new Float32Array(hiddenSize), 'F32');
    tensors.push({ name: options.extra, dimensions: [hiddenSize], type: GGML_TYPES.F32, data });
  }

  return writeGguf(
    {
      'general.architecture': 'llama',
      'general.name': 'Tiny',
      'llama.block_count': { uint32: layers },
      'llama.context_length': { uint32: options.contextLength ?? 512 },
      'llama.embedding_length': { uint32: hiddenSize },
      'llama.feed_forward_length': { uint32: feedForwardSize },
      'llama.attention.head_count': { uint32: heads },
      'llama.attention.head_count_kv': { uint32: keyValueHeads },
      'llama.rope.freq_base': { float32: 10000 },
      'llama.rope.dimension_count': { uint32: headSize },
      'llama.attention.layer_norm_rms_epsilon': { float32: 1e-5 },
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'smollm',
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.token_type': { int32s: tokens.map((token) => (CONTROL_TOKENS.includes(token) ? 3 : 1)) },
      'tokenizer.ggml.merges': MERGES,
      'tokenizer.ggml.bos_token_id': { uint32: 1 },
      'tokenizer.ggml.eos_token_id': { uint32: 2 },
      'tokenizer.ggml.add_bos_token': false,
      'tokenizer.chat_template': CHAT_TEMPLATE,
    },
    tensors,
  );
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
