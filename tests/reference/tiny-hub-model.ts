// A small but complete model laid out as on the hub, of random weights and of an architecture that no GGUF here has: a convolution that
// keeps a state, then attention (LFM2's kinds of layers, with other sizes and without what they do not need to run).
import { GraphBuilder } from '../../lib/model/onnx/graph-builder.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import { hubTokenizer } from '../../scripts/bench/hub-tokenizer.ts';
import { gaussian, tinyGguf } from './tiny-gguf.ts';

const HIDDEN = 64;
/** Positions that the convolution sees, this one included. */
const KERNEL = 3;

export interface TinyHubOptions {
  /** full_attention alone makes a cache of which positions can be taken back. */
  layers?: ('conv' | 'full_attention')[];
  seed?: number;
  /** Positions that it says to be trained for. */
  contextLength?: number;
}

/** The files of a repository, by path: `config.json`, `tokenizer.json`, `onnx/model_quantized.onnx` and its data among them. */
export async function tinyHubModel(options: TinyHubOptions = {}): Promise<Map<string, Buffer>> {
  const { layers = ['conv', 'full_attention'], seed = 1, contextLength = 512 } = options;
  const { metadata } = await GgufFile.open(tinyGguf().buffer);
  const { tokenizer, tokenizerConfig } = hubTokenizer(metadata);
  const vocabulary = metadata.strings('tokenizer.ggml.tokens').length;
  const { graph, data } = tinyGraph(layers, vocabulary, seed);
  const config = {
    model_type: 'lfm2',
    architectures: ['Lfm2ForCausalLM'],
    layer_types: layers,
    hidden_size: HIDDEN,
    num_hidden_layers: layers.length,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    conv_L_cache: KERNEL,
    vocab_size: vocabulary,
    max_position_embeddings: contextLength,
    eos_token_id: 2,
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  return new Map([
    ['README.md', Buffer.from('A model of random weights.')],
    ['config.json', json(config)],
    ['generation_config.json', json({ eos_token_id: 2 })],
    ['tokenizer.json', json(tokenizer)],
    ['tokenizer_config.json', json(tokenizerConfig)],
    [`onnx/${GRAPH}`, Buffer.from(graph)],
    [`onnx/${GRAPH}_data`, Buffer.from(data)],
  ]);
}

const GRAPH = 'model_quantized.onnx';

function tinyGraph(layers: readonly string[], vocabulary: number, seed: number) {
  const g = new GraphBuilder(`${GRAPH}_data`);
  const random = gaussian(seed);
  const written: { offsetBytes: number; values: Float32Array }[] = [];
  const weight = (name: string, dimensions: number[], spread: number) => {
    const region = g.external(name, 'float32', dimensions);
    const values = Float32Array.from({ length: region.lengthBytes / 4 }, () => spread * random());
    written.push({ offsetBytes: region.offsetBytes, values });
    return region.name;
  };
  const int64s = (...values: number[]) => g.constant('int64', [values.length], values);
  const int64 = (value: number) => g.scalar('int64', value);
  const transposed = (input: string, ...perm: number[]) => g.op('Transpose', [input], { perm: { ints: perm } });
  const linear = (input: string, name: string) =>
    g.op('MatMul', [input, weight(name, [HIDDEN, HIDDEN], 1.5 / Math.sqrt(HIDDEN))]);

  const ids = g.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const mask = g.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length']);
  const embeddings = weight('embeddings', [vocabulary, HIDDEN], 0.5);
  let hidden = g.op('Gather', [embeddings, ids]);

  // Row r of this run sees the keys up to itself.
  const total = g.op('Gather', [g.op('Shape', [mask]), int64(1)]);
  const past = g.op('Sub', [total, g.op('Gather', [g.op('Shape', [ids]), int64(1)])]);
  const keys = g.op('Range', [int64(0), total, int64(1)]);
  const queries = g.op('Unsqueeze', [g.op('Range', [past, total, int64(1)]), int64s(1)]);
  const seen = g.op('LessOrEqual', [keys, queries]);
  const bias = g.op('Where', [seen, g.scalar('float32', 0), g.scalar('float32', -1e9)]);

  layers.forEach((kind, layer) => {
    if (kind === 'conv') {
      const before = g.input(`past_conv.${layer}`, 'float32', ['batch_size', HIDDEN, KERNEL]);
      const rows = transposed(linear(hidden, `conv.${layer}.in`), 0, 2, 1);
      const all = g.op('Concat', [before, rows], { axis: { int: 2 } });
      g.node('Slice', [all, int64s(-KERNEL), int64s(2 ** 31), int64s(2)], [`present_conv.${layer}`]);
      g.output(`present_conv.${layer}`, 'float32', ['batch_size', HIDDEN, KERNEL]);
      const inView = g.op('Slice', [all, int64s(1), int64s(2 ** 31), int64s(2)]);
      const kernel = weight(`conv.${layer}.kernel`, [HIDDEN, 1, KERNEL], 0.7);
      const mixed = g.op('Conv', [inView, kernel], { group: { int: HIDDEN } });
      hidden = g.op('Add', [hidden, transposed(mixed, 0, 2, 1)]);
      return;
    }
    const headed = (input: string) => g.op('Unsqueeze', [input, int64s(1)]);
    const cached = (side: 'key' | 'value') => {
      const name = `past_key_values.${layer}.${side}`;
      g.input(name, 'float32', ['batch_size', 1, 'past_sequence_length', HIDDEN]);
      const fresh = headed(linear(hidden, `${layer}.${side}`));
      g.node('Concat', [name, fresh], [`present.${layer}.${side}`], { axis: { int: 2 } });
      g.output(`present.${layer}.${side}`, 'float32', ['batch_size', 1, 'total_sequence_length', HIDDEN]);
      return `present.${layer}.${side}`;
    };
    const query = headed(linear(hidden, `${layer}.query`));
    const scores = g.op('MatMul', [query, transposed(cached('key'), 0, 1, 3, 2)]);
    const scaled = g.op('Mul', [scores, g.scalar('float32', HIDDEN ** -0.5)]);
    const weights = g.op('Softmax', [g.op('Add', [scaled, bias])], { axis: { int: -1 } });
    const attended = g.op('Squeeze', [g.op('MatMul', [weights, cached('value')]), int64s(1)]);
    hidden = g.op('Add', [hidden, linear(attended, `${layer}.output`)]);
  });
  g.node('MatMul', [hidden, transposed(embeddings, 1, 0)], ['logits']);
  g.output('logits', 'float32', ['batch_size', 'sequence_length', vocabulary]);

  const data = new Uint8Array(g.externalBytes);
  for (const { offsetBytes, values } of written) data.set(new Uint8Array(values.buffer), offsetBytes);
  return { graph: g.finish(), data };
}
