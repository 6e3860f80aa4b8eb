// Embeddings by all-MiniLM-L6-v2 on ONNX Runtime: tokens in, their last hidden states out, or the mean of them, at length 1.
import { Tokenizer } from '@huggingface/tokenizers';
import { throwIfAborted } from '../errors.ts';
import { EMBEDDER } from './catalog.ts';
import type { EmbeddedTokens, Embedder } from './language-model.ts';
import { allocate, createTensor, float32View, int64View, tensorData } from './ort/heap.ts';
import type { OrtModule } from './ort/module.ts';
import { OrtSession } from './ort/session.ts';
import { macrotask } from './runtime/macrotask.ts';

const MAX_TOKENS = 256;
/** Time between two looks at the messages. */
const SLICE_MS = 100;
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/** `graph` is the ONNX file, `tokenizer` its tokenizer.json. Throws `load-failed` or `out-of-memory`. */
export async function createEmbedder(module: OrtModule, graph: Uint8Array, tokenizer: string): Promise<Embedder> {
  const encoder = new Tokenizer(JSON.parse(tokenizer) as object, {});
  const separator = encoder.encode('').ids.at(-1) ?? 0;
  const session = await OrtSession.create(module, { graph });
  const buffers = INPUTS.map(() => allocate(module, 8 * MAX_TOKENS));
  let busy: Promise<unknown> = Promise.resolve();

  function tokenIds(text: string): number[] {
    const { ids } = encoder.encode(text);
    return ids.length <= MAX_TOKENS ? ids : [...ids.slice(0, MAX_TOKENS - 1), separator];
  }

  // One text per run: no padding, and the int8 activations, which share one scale per run, are those of this text alone.
  async function embedOne<T>(ids: number[], read: (hidden: Float32Array) => T): Promise<T> {
    const tensors = buffers.map((buffer) => createTensor(module, 'int64', buffer, [1, ids.length]));
    const values = [ids.map(BigInt), ids.map(() => 1n), ids.map(() => 0n)];
    INPUTS.forEach((name, i) => {
      int64View(module, buffers[i], ids.length).set(values[i]);
      session.setInput(name, tensors[i]);
    });
    session.setOutput('last_hidden_state', 0);
    await session.run();
    const output = session.output('last_hidden_state');
    const { pointer, length } = tensorData(module, output);
    const result = read(float32View(module, pointer, length));
    for (const tensor of [...tensors, output]) module._OrtReleaseTensor(tensor);
    return result;
  }

  async function embedAll<T>(
    texts: string[],
    signal: AbortSignal,
    read: (hidden: Float32Array, ids: number[]) => T,
  ): Promise<T[]> {
    const results: T[] = [];
    let sliceMs = -Infinity;
    for (const text of texts) {
      if (performance.now() - sliceMs > SLICE_MS) {
        await macrotask();
        sliceMs = performance.now();
      }
      throwIfAborted(signal);
      const ids = tokenIds(text);
      results.push(await embedOne(ids, (hidden) => read(hidden, ids)));
    }
    return results;
  }

  /** One request after another: a session must not run twice at once. */
  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = busy.then(work);
    busy = result.catch(() => undefined);
    return result;
  }

  return {
    embed: (texts, signal) => exclusively(() => embedAll(texts, signal, meanPooled)),
    embedTokens: (texts, signal) => exclusively(() => embedAll(texts, signal, eachToken)),
    dispose: () =>
      exclusively(() => {
        session.dispose();
        for (const buffer of buffers) module._free(buffer);
        return Promise.resolve();
      }),
  };
}

/** The mean over tokens of `hidden` [tokens, dimensions], scaled to length 1. */
function meanPooled(hidden: Float32Array, { length: tokens }: number[]): Float32Array {
  const vector = new Float32Array(EMBEDDER.dimensions);
  for (let i = 0; i < tokens; i++) {
    for (let k = 0; k < vector.length; k++) vector[k] += hidden[i * vector.length + k];
  }
  return atLengthOne(vector);
}

/** Copies, without the first and the last token, which every text has. */
function eachToken(hidden: Float32Array, ids: number[]): EmbeddedTokens {
  const own = ids.slice(1, -1);
  const { dimensions } = EMBEDDER;
  const vectors = own.map((_, i) => atLengthOne(hidden.slice((i + 1) * dimensions, (i + 2) * dimensions)));
  return { ids: own, vectors };
}

function atLengthOne(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
