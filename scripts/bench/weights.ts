// The default model in the forms that the other engines read: Q8_0 GGUF for llama.cpp, the hub's layout for transformers.js.
// Made once from the Q4_1 file, so that all engines run the same weights.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecoderConfig } from '../../lib/model/decoder.ts';
import { readPlan } from '../../lib/model/gguf/architectures/architectures.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import { parseHeader } from '../../lib/model/gguf/header.ts';
import type { MetadataValue } from '../../lib/model/gguf/metadata.ts';

import { GGML_TYPES, quantize } from '../../tests/reference/quantize.ts';
import { writeGguf } from '../../tests/reference/gguf-writer.ts';
import type { WrittenValue } from '../../tests/reference/gguf-writer.ts';
import { hubTokenizer } from './hub-tokenizer.ts';
import { hubGraph } from './hub-graph.ts';
import type { FloatMatrix } from './hub-graph.ts';

export interface BenchWeights {
  q8Gguf: string;
  /** Folder with config.json, tokenizer.json and onnx/. */
  hubFolder: string;
}

/** Makes what `folder` does not hold yet. */
export async function prepareWeights(ggufPath: string, folder: string): Promise<BenchWeights> {
  const q8Gguf = join(folder, 'q8_0.gguf');
  const hubFolder = join(folder, 'smollm2-135m');
  if ((await exists(q8Gguf)) && (await exists(join(hubFolder, 'config.json')))) return { q8Gguf, hubFolder };

  const file = new Uint8Array(await readFile(ggufPath));
  const gguf = await GgufFile.open(file.buffer);
  await mkdir(join(hubFolder, 'onnx'), { recursive: true });
  await writeFile(q8Gguf, await asQ8(gguf, file));
  await writeHubLayout(gguf, hubFolder);
  return { q8Gguf, hubFolder };
}

/** The same file with every matrix in Q8_0; vectors stay float32. */
async function asQ8(gguf: GgufFile, file: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const header = parseHeader(file);
  if (!header) throw new Error('the GGUF file ends in its header');
  const metadata = Object.fromEntries([...header.metadata].map(([key, value]) => [key, written(key, value)]));
  const tensors = [];
  for (const { name, dimensions } of header.tensors) {
    const values = await gguf.readRows(gguf.tensor(name));
    const type = dimensions.length > 1 ? 'Q8_0' : 'F32';
    tensors.push({ name, dimensions, type: GGML_TYPES[type], data: quantize(values, type) });
  }
  return writeGguf(metadata, tensors);
}

/** Parsing forgets which numbers are floats; in this model's file it is these two. */
function written(key: string, value: MetadataValue): WrittenValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return /freq_base$|epsilon$/.test(key) ? { float32: value } : { uint32: value };
  return typeof value[0] === 'string' ? (value as string[]) : { int32s: value as number[] };
}

async function writeHubLayout(gguf: GgufFile, folder: string): Promise<void> {
  const { config } = readPlan(gguf);
  const { headSize } = config;
  const model = await hubGraph(
    config,
    async (name) => {
      const tensor = gguf.tensor(name);
      const matrix = { rows: tensor.rows, columns: tensor.columns, values: await gguf.readRows(tensor) };
      return /attn_[qk]\.weight$/.test(name) ? halfSplit(matrix, headSize) : matrix;
    },
    'model_quantized.onnx_data',
  );
  const { tokenizer, tokenizerConfig } = hubTokenizer(gguf.metadata);
  await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), model.graph);
  await writeFile(join(folder, 'onnx', 'model_quantized.onnx_data'), model.externalData);
  await writeJson(join(folder, 'tokenizer.json'), tokenizer);
  await writeJson(join(folder, 'tokenizer_config.json'), tokenizerConfig);
  await writeJson(join(folder, 'generation_config.json'), { bos_token_id: 1, eos_token_id: 2, pad_token_id: 2 });
  await writeJson(join(folder, 'config.json'), hubConfig(config));
}

function hubConfig(config: DecoderConfig) {
  return {
    model_type: 'llama',
    architectures: ['LlamaForCausalLM'],
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    head_dim: config.headSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.feedForwardSize,
    vocab_size: config.vocabularySize,
    max_position_embeddings: config.contextLength,
    rope_theta: config.ropeTheta,
    rms_norm_eps: config.normEpsilon,
    bos_token_id: 1,
    eos_token_id: 2,
    pad_token_id: 2,
    'transformers.js_config': { use_external_data_format: { 'model_quantized.onnx': 1 } },
  };
}

/** GGUF keeps the rotary pairs of a head side by side; exports keep their first members before their second ones. */
function halfSplit({ rows, columns, values }: FloatMatrix, headSize: number): FloatMatrix {
  const half = headSize / 2;
  const split = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const inHead = row % headSize;
    const target = row - inHead + (inHead >> 1) + (inHead & 1) * half;
    split.set(values.subarray(row * columns, (row + 1) * columns), target * columns);
  }
  return { rows, columns, values: split };
}

const writeJson = (path: string, value: unknown) => writeFile(path, JSON.stringify(value));

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
