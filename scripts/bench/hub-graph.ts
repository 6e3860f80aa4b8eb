// The default model as exporters for the hub write it, for transformers.js: dynamic int8 per column, attention in plain ONNX
// operators over a cache that grows, logits of all positions. Naive int8 of this kind is what that library offers on the CPU.
import { GraphBuilder } from '../../lib/model/onnx/graph-builder.ts';
import type { DecoderConfig } from '../../lib/model/decoder.ts';

export interface FloatMatrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

/** Looks a tensor of the GGUF up as float32; rotary rows already in the half-split order. */
export type Tensors = (name: string) => Promise<FloatMatrix>;

export interface HubModel {
  graph: Uint8Array;
  externalData: Uint8Array;
}

/** `file` is the name of the external data file, as the graph records it. */
export async function hubGraph(config: DecoderConfig, tensors: Tensors, file: string): Promise<HubModel> {
  const { layers, heads, keyValueHeads, headSize, hiddenSize, vocabularySize } = config;
  const g = new GraphBuilder(file);
  const writes: { offsetBytes: number; bytes: Uint8Array }[] = [];
  const int64s = (...values: number[]) => g.constant('int64', [values.length], values);
  const index = (value: number) => g.scalar('int64', value);
  const float = (value: number) => g.scalar('float32', value);

  function external(name: string, type: 'float32' | 'uint8', dimensions: number[], data: Float32Array | Uint8Array) {
    const region = g.external(name, type, dimensions);
    writes.push({ ...region, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    return region.name;
  }

  async function norm(input: string, name: string): Promise<string> {
    const weight = external(`${name}.weight`, 'float32', [hiddenSize], (await tensors(`${name}.weight`)).values);
    return g.op('SimplifiedLayerNormalization', [input, weight], { epsilon: { float: config.normEpsilon } });
  }

  /** One dynamic scale for the whole run's activations, one per column of the weights. */
  function quantized(input: string): [string, string, string] {
    return g.node('DynamicQuantizeLinear', [input], [g.fresh('q'), g.fresh('scale'), g.fresh('zero')]);
  }
  async function linear([q, scale, zero]: [string, string, string], name: string): Promise<string> {
    const { bytes, scales, rows, columns } = columnInt8(await tensors(name));
    const weight = external(name, 'uint8', [columns, rows], bytes);
    const columnScales = external(`${name}.scale`, 'float32', [rows], scales);
    const product = g.op('MatMulInteger', [q, weight, zero, g.scalar('uint8', 128)]);
    const asFloat = g.op('Cast', [product], { to: { int: 1 } });
    return g.op('Mul', [asFloat, g.op('Mul', [scale, columnScales])]);
  }

  const ids = g.input('input_ids', 'int64', ['batch_size', 'sequence_length']);
  const mask = g.input('attention_mask', 'int64', ['batch_size', 'total_sequence_length']);
  const positions = g.input('position_ids', 'int64', ['batch_size', 'sequence_length']);

  const table = await tensors('token_embd.weight');
  const embeddings = wholeInt8(table);
  const rowsOfTable = external('embeddings', 'uint8', [vocabularySize, hiddenSize], embeddings.bytes);
  let hidden = g.op('DequantizeLinear', [
    g.op('Gather', [rowsOfTable, ids]),
    float(embeddings.scale),
    g.scalar('uint8', 128),
  ]);

  const maxPositions = 4096;
  const rotary = rotaryTables(maxPositions, headSize, config.ropeTheta);
  const unsqueezed = (input: string, axis: number) => g.op('Unsqueeze', [input, int64s(axis)]);
  const atPositions = (name: string, values: Float32Array) =>
    unsqueezed(g.op('Gather', [external(name, 'float32', [maxPositions, headSize], values), positions]), 1);
  const cos = atPositions('cos', rotary.cos);
  const sin = atPositions('sin', rotary.sin);
  const slice = (input: string, start: number, end: number) =>
    g.op('Slice', [input, int64s(start), int64s(end), int64s(-1)]);
  function rotated(input: string): string {
    const half = g.op('Concat', [g.op('Neg', [slice(input, headSize / 2, headSize)]), slice(input, 0, headSize / 2)], {
      axis: { int: -1 },
    });
    return g.op('Add', [g.op('Mul', [input, cos]), g.op('Mul', [half, sin])]);
  }

  // Query row r (of the last S) sees the keys up to itself.
  const total = g.op('Gather', [g.op('Shape', [mask]), index(1)]);
  const past = g.op('Sub', [total, g.op('Gather', [g.op('Shape', [ids]), index(1)])]);
  const keys = g.op('Range', [index(0), total, index(1)]);
  const queries = unsqueezed(g.op('Range', [past, total, index(1)]), 1);
  const bias = g.op('Where', [g.op('LessOrEqual', [keys, queries]), float(0), float(-1e9)]);

  const byHead = (input: string, count: number) =>
    g.op('Transpose', [g.op('Reshape', [input, int64s(0, 0, count, headSize)])], { perm: { ints: [0, 2, 1, 3] } });
  const group = heads / keyValueHeads;
  /** Each key-value head once for every query head of its group. */
  function repeated(input: string): string {
    const shape = g.op(
      'Concat',
      [int64s(1, keyValueHeads, group), g.op('Slice', [g.op('Shape', [input]), int64s(2), int64s(4)])],
      { axis: { int: 0 } },
    );
    return g.op('Reshape', [g.op('Expand', [unsqueezed(input, 2), shape]), int64s(1, heads, -1, headSize)]);
  }

  for (let layer = 0; layer < layers; layer++) {
    const block = `blk.${layer}`;
    const cache = (side: 'key' | 'value', fresh: string) => {
      const name = `past_key_values.${layer}.${side}`;
      g.input(name, 'float32', ['batch_size', keyValueHeads, 'past_sequence_length', headSize]);
      const present = `present.${layer}.${side}`;
      g.node('Concat', [name, fresh], [present], { axis: { int: 2 } });
      g.output(present, 'float32', ['batch_size', keyValueHeads, 'total_sequence_length', headSize]);
      return present;
    };
    const normed = quantized(await norm(hidden, `${block}.attn_norm`));
    const query = rotated(byHead(await linear(normed, `${block}.attn_q.weight`), heads));
    const key = rotated(byHead(await linear(normed, `${block}.attn_k.weight`), keyValueHeads));
    const value = byHead(await linear(normed, `${block}.attn_v.weight`), keyValueHeads);
    const allKeys = g.op('Transpose', [repeated(cache('key', key))], { perm: { ints: [0, 1, 3, 2] } });
    const allValues = repeated(cache('value', value));
    const scores = g.op('Mul', [g.op('MatMul', [query, allKeys]), float(headSize ** -0.5)]);
    const weights = g.op('Softmax', [g.op('Add', [scores, bias])], { axis: { int: -1 } });
    const attended = g.op('Reshape', [
      g.op('Transpose', [g.op('MatMul', [weights, allValues])], { perm: { ints: [0, 2, 1, 3] } }),
      int64s(0, 0, hiddenSize),
    ]);
    hidden = g.op('Add', [hidden, await linear(quantized(attended), `${block}.attn_output.weight`)]);

    const inner = quantized(await norm(hidden, `${block}.ffn_norm`));
    const gate = await linear(inner, `${block}.ffn_gate.weight`);
    const up = await linear(inner, `${block}.ffn_up.weight`);
    const active = g.op('Mul', [g.op('Mul', [gate, g.op('Sigmoid', [gate])]), up]);
    hidden = g.op('Add', [hidden, await linear(quantized(active), `${block}.ffn_down.weight`)]);
  }
  const logits = await linear(quantized(await norm(hidden, 'output_norm')), 'token_embd.weight');
  g.node('Identity', [logits], ['logits']);
  g.output('logits', 'float32', ['batch_size', 'sequence_length', vocabularySize]);

  const externalData = new Uint8Array(g.externalBytes);
  for (const { offsetBytes, bytes } of writes) externalData.set(bytes, offsetBytes);
  return { graph: g.finish(), externalData };
}

function columnInt8({ rows, columns, values }: FloatMatrix) {
  const bytes = new Uint8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const source = values.subarray(row * columns, (row + 1) * columns);
    const scale = largest(source) / 127 || 1;
    scales[row] = scale;
    for (let column = 0; column < columns; column++) {
      bytes[column * rows + row] = Math.round(source[column] / scale) + 128;
    }
  }
  return { bytes, scales, rows, columns };
}

function wholeInt8({ values }: FloatMatrix) {
  const scale = largest(values) / 127;
  return { scale, bytes: Uint8Array.from(values, (value) => Math.round(value / scale) + 128) };
}

function largest(values: Float32Array): number {
  let maximum = 0;
  for (const value of values) maximum = Math.max(maximum, Math.abs(value));
  return maximum;
}

function rotaryTables(positions: number, headSize: number, theta: number) {
  const cos = new Float32Array(positions * headSize);
  const sin = new Float32Array(positions * headSize);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < headSize; i++) {
      const angle = position * theta ** (-(i % (headSize / 2)) / (headSize / 2));
      cos[position * headSize + i] = Math.cos(angle);
      sin[position * headSize + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
