// Writes small Marian models, shortlists and SentencePiece vocabularies with random weights: of every architecture, for unit tests.
import { ProtoWriter } from '../../lib/model/onnx/proto-writer.ts';
import type { PackBytes } from '../../lib/model/packs/pack.ts';
import { gaussian } from './tiny-gguf.ts';

export interface MarianShape {
  encoderLayers: number;
  decoderLayers: number;
  hiddenSize: number;
  feedForwardSize: number;
  heads: number;
  /** Vocabularies and embeddings of their own for source and target. */
  split?: boolean;
}

const SOURCE_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const TARGET_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVW';

/** All files of a pack. */
export function writePack(shape: MarianShape, seed = 1): PackBytes {
  const source = pieces(SOURCE_LETTERS);
  const target = shape.split ? pieces(TARGET_LETTERS) : source;
  const files = {
    model: writeMarian(randomTensors(shape, source.length, target.length, gaussian(seed)), yaml(shape, source, target)),
    shortlist: writeShortlist(source.length, target.length),
    vocabulary: writeSentencePiece(source),
  };
  return shape.split ? { ...files, targetVocabulary: writeSentencePiece(target) } : files;
}

interface Tensor {
  type: number;
  shape: number[];
  bytes: Uint8Array;
}

/** Floats as they are; matrices of int8 with a multiplier, outputs as rows although the shape says inputs first. */
function randomTensors(
  { encoderLayers, decoderLayers, hiddenSize, feedForwardSize, split }: MarianShape,
  sourceTokens: number,
  targetTokens: number,
  random: () => number,
): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  const floats = (name: string, length: number, spread: number, mean = 0) => {
    const values = Float32Array.from({ length }, () => mean + spread * random());
    tensors.set(name, { type: 0x404, shape: [1, length], bytes: new Uint8Array(values.buffer) });
  };
  const int8 = (name: string, shape: number[], spread: number) => {
    const length = shape[0] * shape[1];
    const bytes = new Uint8Array(length + 256);
    const values = Int8Array.from({ length }, () => Math.max(-127, Math.min(127, Math.round(40 * random()))));
    bytes.set(new Uint8Array(values.buffer));
    new DataView(bytes.buffer).setFloat32(length, 40 / spread, true);
    tensors.set(name, { type: 0x4101, shape, bytes });
  };
  const matrix = (name: string, inputs: number, outputs: number) =>
    int8(name, [inputs, outputs], 1.5 / Math.sqrt(inputs));
  const norm = (name: string) => {
    floats(`${name}_scale`, hiddenSize, 0.2, 1);
    floats(`${name}_bias`, hiddenSize, 0.1);
  };
  const attention = (prefix: string) => {
    for (const part of 'qkvo') {
      matrix(`${prefix}_W${part}`, hiddenSize, hiddenSize);
      floats(`${prefix}_b${part}`, hiddenSize, 0.1);
    }
    norm(`${prefix}_Wo_ln`);
  };
  const feedForward = (prefix: string) => {
    matrix(`${prefix}_W1`, hiddenSize, feedForwardSize);
    floats(`${prefix}_b1`, feedForwardSize, 0.1);
    matrix(`${prefix}_W2`, feedForwardSize, hiddenSize);
    floats(`${prefix}_b2`, hiddenSize, 0.1);
    norm(`${prefix}_ffn_ln`);
  };
  for (let layer = 1; layer <= encoderLayers; layer++) {
    attention(`encoder_l${layer}_self`);
    feedForward(`encoder_l${layer}_ffn`);
  }
  for (let layer = 1; layer <= decoderLayers; layer++) {
    matrix(`decoder_l${layer}_rnn_W`, hiddenSize, hiddenSize);
    matrix(`decoder_l${layer}_rnn_Wf`, hiddenSize, hiddenSize);
    floats(`decoder_l${layer}_rnn_bf`, hiddenSize, 0.1);
    norm(`decoder_l${layer}_rnn_ffn_ln`);
    attention(`decoder_l${layer}_context`);
    feedForward(`decoder_l${layer}_ffn`);
  }
  if (split) {
    int8('encoder_Wemb', [sourceTokens, hiddenSize], 0.3);
    int8('decoder_Wemb', [targetTokens, hiddenSize], 0.3);
  } else int8('Wemb', [sourceTokens, hiddenSize], 0.3);
  floats('decoder_ff_logit_out_b', targetTokens, 0.1);
  return tensors;
}

function yaml(shape: MarianShape, source: string[], target: string[]): string {
  return [
    'type: transformer',
    `enc-depth: ${shape.encoderLayers}`,
    `dec-depth: ${shape.decoderLayers}`,
    `dim-emb: ${shape.hiddenSize}`,
    'dim-vocabs:',
    `  - ${source.length}`,
    `  - ${target.length}`,
    'dec-cell: ssru',
    'transformer-decoder-autoreg: rnn',
    `transformer-dim-ffn: ${shape.feedForwardSize}`,
    'transformer-ffn-activation: relu',
    `transformer-heads: ${shape.heads}`,
    'transformer-postprocess: dan',
    'transformer-preprocess: ""',
    `tied-embeddings-all: ${!shape.split}`,
  ].join('\n');
}

export function writeMarian(tensors: ReadonlyMap<string, Tensor>, configuration: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`${configuration}\0`);
  const entries = [...tensors, ['special:model.yml', { type: 0x101, shape: [text.length], bytes: text }] as const];
  const names = entries.map(([name]) => new TextEncoder().encode(`${name}\0`));
  const numbers = (...values: number[]) => new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
  const head = concatenated([
    numbers(1, entries.length),
    ...entries.map(([, { type, shape, bytes }], i) => numbers(names[i].length, type, shape.length, bytes.length)),
    ...names,
    ...entries.map(([, { shape }]) => new Uint8Array(Int32Array.from(shape).buffer)),
  ]);
  const padding = 256 - ((head.length + 8) % 256);
  return concatenated([head, numbers(padding), new Uint8Array(padding), ...entries.map(([, { bytes }]) => bytes)]);
}

/** Every source token may become the three target tokens behind its own number. */
export function writeShortlist(sourceTokens: number, targetTokens: number): Uint8Array<ArrayBuffer> {
  const numbers = (values: number[]) => new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
  const lists = Array.from({ length: sourceTokens }, (_, id) => [1, 2, 3].map((step) => (id + step) % targetTokens));
  return concatenated([
    new Uint8Array(BigUint64Array.of(0xf11a48d5013417f5n).buffer),
    numbers([0, 10, 3, sourceTokens + 1, 3 * sourceTokens]),
    numbers(Array.from({ length: sourceTokens + 1 }, (_, id) => 3 * id)),
    new Uint8Array(Uint32Array.from(lists.map((list) => list.toSorted((a, b) => a - b)).flat()).buffer),
  ]);
}

/** The end, the unknown piece, the space, and each letter alone and at the beginning of a word. */
function pieces(letters: string): string[] {
  return ['</s>', '<unk>', ...['', ...Array.from(letters)].map((letter) => `\u2581${letter}`), ...Array.from(letters)];
}

export function writeSentencePiece(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const model = new ProtoWriter();
  for (const [id, text] of texts.entries()) {
    const kind = ({ 0: 3, 1: 2 } as Record<number, number>)[id] ?? 1;
    model.message(
      1,
      new ProtoWriter()
        .string(1, text)
        .float(2, -id / 10)
        .int(3, kind),
    );
  }
  return model.message(2, new ProtoWriter().int(3, 1)).message(3, new ProtoWriter().string(1, 'identity')).finish();
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
