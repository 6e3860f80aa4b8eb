// Sentence embeddings by all-MiniLM-L6-v2 on ONNX Runtime: tokens in, the mean of their last hidden states out, at length 1.
import { Tokenizer } from '@huggingface/tokenizers';
import { throwIfAborted } from '../errors.ts';
import { EMBEDDER } from './catalog.ts';
import type { Embedder } from './language-model.ts';
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
  async function embedOne(ids: number[]): Promise<Float32Array> {
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
    const vector = meanPooled(float32View(module, pointer, length), ids.length);
    for (const tensor of [...tensors, output]) module._OrtReleaseTensor(tensor);
    return vector;
  }

  async function embedAll(texts: string[], signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    let sliceMs = -Infinity;
    for (const text of texts) {
      if (performance.now() - sliceMs > SLICE_MS) {
        await macrotask();
        sliceMs = performance.now();
      }
      throwIfAborted(signal);
      vectors.push(await embedOne(tokenIds(text)));
    }
    return vectors;
  }

  /** One request after another: a session must not run twice at once. */
  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = busy.then(work);
    busy = result.catch(() => undefined);
    return result;
  }

  return {
    embed: (texts, signal) => exclusively(() => embedAll(texts, signal)),
    dispose: () =>
      exclusively(() => {
        session.dispose();
        for (const buffer of buffers) module._free(buffer);
        return Promise.resolve();
      }),
  };
}

/** The mean over tokens [tokens, dimensions], scaled to length 1. */
function meanPooled(hidden: Float32Array, tokens: number): Float32Array {
  const vector = new Float32Array(EMBEDDER.dimensions);
  for (let i = 0; i < tokens; i++) {
    for (let k = 0; k < vector.length; k++) vector[k] += hidden[i * vector.length + k];
  }
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
