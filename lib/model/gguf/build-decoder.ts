// From a GGUF file to a decoder for one device: the graph, its weights in the device's precision, the embeddings.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { BuiltDecoder, Precision } from '../decoder.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { readPlan } from './architectures/architectures.ts';
import { MODEL_BASIS, rotatedBasis } from './basis.ts';
import { writeDecoder } from './decoder-graph.ts';
import { EmbeddingTable } from './embedding-table.ts';
import type { FirstToken } from './first-token.ts';
import type { GgufFile } from './gguf-file.ts';
import { blockQ8Linear } from './linears/block-q8.ts';
import { float32Linear } from './linears/float32.ts';
import type { MakeLinear } from './linears/linear.ts';
import { rowScaledInt8Linear } from './linears/row-scaled-int8.ts';
import { checkTensors } from './required-tensors.ts';
import { Rotation } from './rotation.ts';
import { readTokenizerData } from './tokenizer-data.ts';
import { firstPromptToken } from './first-prompt-token.ts';
import { joined, WeightFile } from './weight-file.ts';

export interface BuildOptions {
  /** Length of the rotary tables and of the cache, in tokens. */
  maxPositions: number;
  keyValueType?: 'float32' | 'float16';
  /** 0 to 1. */
  onProgress?: (fraction: number) => void;
  signal: AbortSignal;
}

/** A decoder whose weights are yet to be computed, and whose embeddings can be stored (lib/model/packed-model.ts). */
export interface DraftedDecoder extends Omit<BuiltDecoder, 'weights' | 'embed'> {
  embeddings: EmbeddingTable;
  weightsBytes: number;
  /** The weights, once, piece by piece in order. Throws `aborted`. */
  weightPieces: () => AsyncIterable<Uint8Array<ArrayBuffer>>;
}

interface PrecisionRecipe {
  linear: MakeLinear;
  rotated: boolean;
  exactFirstToken: boolean;
}

const PRECISIONS: Record<Precision, PrecisionRecipe> = {
  fp32: { linear: float32Linear, rotated: false, exactFirstToken: false },
  int8: { linear: rowScaledInt8Linear, rotated: true, exactFirstToken: true },
  q8: { linear: blockQ8Linear, rotated: false, exactFirstToken: false },
};

const WEIGHTS_FILE = 'weights.bin';
/** How long the thread may go without looking at its messages. */
const SLICE_MS = 50;

/**
 * The graph, and how its weights are had; no more of the file is in memory than the embeddings.
 * Throws `unsupported` for what we cannot build, `model-corrupt`, `aborted`.
 */
export async function draftDecoder(
  gguf: GgufFile,
  precision: Precision,
  options: BuildOptions,
): Promise<DraftedDecoder> {
  const { maxPositions, keyValueType = 'float32', onProgress, signal } = options;
  throwIfAborted(signal);
  const plan = readPlan(gguf);
  checkTensors(gguf, plan);
  const tokenizer = readTokenizerData(gguf.metadata);
  const { config } = plan;
  if (tokenizer.tokens.length > config.vocabularySize) {
    throw new AppError('model-corrupt', `GGUF: ${tokenizer.tokens.length} tokens, ${config.vocabularySize} embeddings`);
  }

  const { linear, rotated, exactFirstToken } = PRECISIONS[precision];
  const rotation = rotated && plan.int8.rotatesResidual ? new Rotation(config.hiddenSize) : undefined;
  const table = gguf.tensor('token_embd.weight');
  const embeddings = new EmbeddingTable(table.format, table.columns, await gguf.readBytes(table), rotation);
  const pause = pauser(signal, onProgress);

  const weights = new WeightFile(new GraphBuilder(WEIGHTS_FILE));
  const draft = {
    gguf,
    plan,
    weights,
    linear: linear(weights),
    basis: rotated ? rotatedBasis(rotation) : MODEL_BASIS,
    maxPositions,
    keyValueType,
    firstToken: exactFirstToken ? firstToken(firstPromptToken(tokenizer), embeddings) : undefined,
  };
  await writeDecoder(draft, () => pause(0));
  return {
    config,
    precision,
    maxPositions,
    keyValueType,
    graph: weights.graph.finish(),
    embeddings,
    weightsBytes: weights.graph.externalBytes,
    weightPieces: async function* () {
      yield* weights.pieces(pause);
      onProgress?.(1);
    },
  };
}

/** The same with its weights in memory, one whole. */
export async function buildDecoder(gguf: GgufFile, precision: Precision, options: BuildOptions): Promise<BuiltDecoder> {
  const { embeddings, weightsBytes, weightPieces, ...decoder } = await draftDecoder(gguf, precision, options);
  const weights = await joined(weightPieces(), weightsBytes);
  return { ...decoder, weights, embed: (ids, out) => embeddings.embed(ids, out) };
}

function firstToken(id: number | undefined, embeddings: EmbeddingTable): FirstToken | undefined {
  if (id === undefined || id >= embeddings.tokens) return undefined;
  const embedding = new Float32Array(embeddings.columns);
  embeddings.embed([id], embedding);
  return { id, embedding };
}

/** Lets the thread's other messages in from time to time, so that an abort can arrive. */
function pauser(signal: AbortSignal, onProgress?: (fraction: number) => void): (fraction: number) => Promise<void> {
  let last = performance.now();
  return async (fraction) => {
    if (performance.now() - last < SLICE_MS) return;
    onProgress?.(fraction);
    await new Promise((resolve) => setTimeout(resolve, 0));
    throwIfAborted(signal);
    last = performance.now();
  };
}
