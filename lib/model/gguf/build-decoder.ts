// From a GGUF file to a decoder for one device: the graph, its weights in the device's precision, the embeddings.
import { AppError, throwIfAborted } from '../../errors.ts';
import type { BuiltDecoder, Precision } from '../decoder.ts';
import { GraphBuilder } from '../onnx/graph-builder.ts';
import { ARCHITECTURES } from './architectures/architectures.ts';
import { MODEL_BASIS, rotatedBasis } from './basis.ts';
import { EmbeddingTable } from './embedding-table.ts';
import type { FirstToken } from './first-token.ts';
import type { GgufFile } from './gguf-file.ts';
import { blockQ8Linear } from './linears/block-q8.ts';
import { float32Linear } from './linears/float32.ts';
import type { MakeLinear } from './linears/linear.ts';
import { rowScaledInt8Linear } from './linears/row-scaled-int8.ts';
import { Rotation } from './rotation.ts';
import { WeightFile } from './weight-file.ts';

export interface BuildOptions {
  /** Length of the rotary tables and of the cache, in tokens. */
  maxPositions: number;
  keyValueType?: 'float32' | 'float16';
  /** 0 to 1. */
  onProgress?: (fraction: number) => void;
  signal: AbortSignal;
}

/** A built decoder whose embeddings can be stored (lib/model/packed-model.ts). */
export interface GgufDecoder extends BuiltDecoder {
  embeddings: EmbeddingTable;
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

/** Throws `unsupported` for an architecture that we do not know, `model-corrupt`, `aborted`. */
export async function buildDecoder(gguf: GgufFile, precision: Precision, options: BuildOptions): Promise<GgufDecoder> {
  const { maxPositions, keyValueType = 'float32', onProgress, signal } = options;
  throwIfAborted(signal);
  const name = gguf.metadata.string('general.architecture');
  const architecture = ARCHITECTURES.get(name);
  if (!architecture) throw new AppError('unsupported', `architecture ${name}`);
  const config = architecture.readConfig(gguf.metadata, gguf);

  const { linear, rotated, exactFirstToken } = PRECISIONS[precision];
  const rotation = rotated ? new Rotation(config.hiddenSize) : undefined;
  const table = gguf.tensor('token_embd.weight');
  const bytes = (await gguf.readBytes(table)).slice();
  const embeddings = new EmbeddingTable(table.format, table.columns, bytes, rotation);

  const weights = new WeightFile(new GraphBuilder(WEIGHTS_FILE));
  await architecture.write({
    gguf,
    config,
    weights,
    linear: linear(weights),
    basis: rotation ? rotatedBasis(rotation) : MODEL_BASIS,
    maxPositions,
    keyValueType,
    firstToken: exactFirstToken ? firstToken(gguf, embeddings) : undefined,
  });
  const unread = gguf.untouched();
  if (unread.length > 0) throw new AppError('unsupported', `${name} with ${unread[0]}`);

  const file = await weights.write(pauser(signal, onProgress));
  onProgress?.(1);
  return {
    config,
    precision,
    maxPositions,
    keyValueType,
    graph: weights.graph.finish(),
    weights: file,
    embeddings,
    embed: (ids, out) => embeddings.embed(ids, out),
  };
}

/** The token that prompts begin with, if the file names one. */
function firstToken({ metadata }: GgufFile, embeddings: EmbeddingTable): FirstToken | undefined {
  const id = metadata.number('tokenizer.ggml.bos_token_id', -1);
  if (id < 0 || id >= embeddings.tokens) return undefined;
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
