// Loads a model that is laid out as on the hub, of any architecture that transformers.js knows, from files of our own store: the library
// asks for them by name, gets those and no others, and reaches no network. On the CPU, with the package's own ONNX Runtime.
import { AutoModelForCausalLM, env, type PreTrainedModel } from '@huggingface/transformers';
import { AppError, throwIfAborted } from '../../errors.ts';
import type { CatalogEntry } from '../catalog.ts';
import type { DecoderConfig } from '../decoder.ts';
import { openFolder } from '../download/folder.ts';
import { companionNames, isDataOf } from '../hub/layout.ts';
import { ModelStore, WEIGHTS_FOLDER } from '../hub/model-store.ts';
import type { LanguageModel } from '../language-model.ts';
import { CachedDecoder } from '../runtime/cached-decoder.ts';
import { DecoderLanguageModel } from '../runtime/decoder-language-model.ts';
import { TransformersDecoderSession } from './decoder-session.ts';
import { outOfMemory } from './out-of-memory.ts';
import { tokenizerFromHub } from './tokenizer.ts';

export interface TransformersOptions {
  entry: CatalogEntry;
  /** WebAssembly threads, this one included. */
  threads: number;
  /** The folder that holds `ort/`; ends in a slash. */
  assetsUrl: string;
  /** Bytes of work done, as a share of the files'. */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
  signal: AbortSignal;
  /** Where the files lie; the origin private file system unless said otherwise. */
  installed?: ModelStore;
}

/** What the files lie under, for the library: no such place exists. */
const NAME = 'model';
const RUNTIME = 'ort/ort-wasm-simd-threaded';

/** Share of the progress at which all files are known to be sound. */
const VERIFIED = 0.5;

/** Once per worker: a load that failed leaves the library unusable. Throws as `loadLanguageModel`. */
export async function loadTransformersModel(options: TransformersOptions): Promise<LanguageModel> {
  const { entry, signal, onProgress } = options;
  throwIfAborted(signal);
  const startMs = performance.now();
  const totalBytes = entry.weights.bytes;
  const progress = (share: number) => onProgress?.(Math.round(share * totalBytes), totalBytes);
  const store = options.installed ?? new ModelStore({ folder: await openFolder(WEIGHTS_FOLDER) });
  const companions = await store.openCompanions(entry, signal);
  const weights = await store.open(entry, signal, (read) => progress((VERIFIED * read) / totalBytes));
  const tokenizer = await tokenizerFromHub(companions);
  const model = await loadModel(options, new Map([...companions, [entry.weights.name, weights]]));
  const config = decoderConfig(await companions.get(companionNames.config)!.text());
  const bytes = [...companions.values()].reduce((sum, { size }) => sum + size, weights.size);
  const session = new TransformersDecoderSession(model, config, entry.contextWindow, bytes);
  const decoder = new CachedDecoder(session, (ids, out) => out.set(ids));
  try {
    config.vocabularySize = await checkNumbers(decoder, tokenizer.encode('The sea'));
    throwIfAborted(signal);
  } catch (error) {
    decoder.dispose();
    throw error;
  }
  progress(1);
  return new DecoderLanguageModel({ entry, decoder, tokenizer, loadMs: performance.now() - startMs });
}

async function loadModel(
  { entry, threads, assetsUrl }: TransformersOptions,
  files: ReadonlyMap<string, Blob>,
): Promise<PreTrainedModel> {
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new AppError('load-failed', 'transformers.js has no WebAssembly here');
  wasm.wasmPaths = { mjs: `${assetsUrl}${RUNTIME}.mjs`, wasm: `${assetsUrl}${RUNTIME}.wasm` };
  wasm.numThreads = threads;
  env.useWasmCache = false;
  env.useBrowserCache = false;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/';
  let fail: (error: unknown) => void = () => undefined;
  // A file that cannot be read may leave the library waiting for ever.
  const failed = new Promise<never>((_, reject) => (fail = reject));
  env.fetch = (address) => {
    const file = files.get(String(address).replace(new RegExp(`^/?${NAME}/`), ''));
    if (!file) return Promise.resolve(new Response(null, { status: 404 }));
    return file.arrayBuffer().then(
      (bytes) => new Response(bytes, { headers: { 'content-length': String(file.size) } }),
      (error: unknown) => {
        fail(error);
        throw error;
      },
    );
  };
  const graph = entry.weights.name;
  const [subfolder, file] = [graph.slice(0, graph.lastIndexOf('/')), graph.slice(graph.lastIndexOf('/') + 1)];
  try {
    const loading = AutoModelForCausalLM.from_pretrained(NAME, {
      subfolder,
      // The name says what the numbers are; `fp32` adds nothing to it.
      model_file_name: file.replace(/\.onnx$/, ''),
      dtype: 'fp32',
      device: 'wasm',
      use_external_data_format: [...files.keys()].filter((path) => isDataOf(graph, path)).length,
    });
    return await Promise.race([loading, failed]);
  } catch (cause) {
    throw outOfMemory(cause) ?? new AppError('load-failed', `transformers.js: ${String(cause)}`, { cause });
  }
}

/** How many logits there are: some graphs have more than their configuration says. Throws `unsupported` where they are no numbers. */
async function checkNumbers(decoder: CachedDecoder, ids: number[]): Promise<number> {
  const logits = await decoder.run(ids, [ids.length - 1]);
  decoder.truncate(0);
  if (!logits.every(Number.isFinite)) throw new AppError('unsupported', 'self-test: no finite numbers');
  return logits.length;
}

/** What of the configuration the runtime asks for; the rest is the library's to know. */
function decoderConfig(json: string): DecoderConfig {
  const config = JSON.parse(json) as Record<string, unknown>;
  const number = (name: string) => (typeof config[name] === 'number' ? config[name] : 0);
  return {
    architecture: String(config.model_type),
    layers: number('num_hidden_layers'),
    heads: number('num_attention_heads'),
    keyValueHeads: number('num_key_value_heads'),
    headSize: number('head_dim'),
    hiddenSize: number('hidden_size'),
    feedForwardSize: number('intermediate_size'),
    vocabularySize: number('vocab_size'),
    contextLength: number('max_position_embeddings'),
    ropeTheta: number('rope_theta'),
    normEpsilon: number('rms_norm_eps'),
  };
}
