// Loads the models that the package carries or the reader has brought here, for one device. Called in the worker: a load that fails may leave the runtime
// unusable, and only a fresh worker helps then.
import { AppError, throwIfAborted } from '../errors.ts';
import { EMBEDDER, TEST_TEXT, type CatalogEntry, type ModelFile } from './catalog.ts';
import { openGpu } from './device.ts';
import { createEmbedder } from './embedder.ts';
import { readModelFile, verifyModelFile, type FileSource } from './files.ts';
import { FileStore, type FileSystem } from './file-store.ts';
import { openConverted } from './converted-model.ts';
import type { Embedder, LanguageModel } from './language-model.ts';
import { openFolder } from './download/folder.ts';
import { CONVERTED_FOLDER, ModelStore, WEIGHTS_FOLDER } from './hub/model-store.ts';
import { openOpfs } from './opfs.ts';
import { createCpuDecoderSession } from './ort/cpu-decoder-session.ts';
import { createGpuDecoderSession } from './ort/gpu-decoder-session.ts';
import type { DecoderSession } from './ort/decoder-session.ts';
import { loadOrtModule, type OrtModule } from './ort/module.ts';
import { CachedDecoder } from './runtime/cached-decoder.ts';
import { DecoderLanguageModel } from './runtime/decoder-language-model.ts';
import { checkKnownAnswer, measureAnswer } from './self-test.ts';

export interface LoadOptions {
  entry: CatalogEntry;
  device: 'cpu' | 'gpu';
  /** WebAssembly threads, this one included (lib/model/ort/threads.ts). Set by the first load of a worker. */
  threads: number;
  /** The folder that holds `ort/` and `models/`; ends in a slash. */
  assetsUrl: string;
  /** Bytes of work done: reading, converting and opening, as a share of the file's bytes. */
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
  signal: AbortSignal;
  fetch?: typeof fetch;
  /** Where the converted model is kept; the origin private file system unless said otherwise, null for nowhere. */
  files?: FileSystem | null;
  /** Where the weights lie that are not in the package; the origin private file system unless said otherwise. */
  installed?: ModelStore;
  /** There is a GPU: measure on the CPU what the model has to do there, unless that is known. */
  measuresAnswer?: boolean;
  /** For tests: a GPU that computes on the CPU will do. */
  acceptSoftware?: boolean;
}

/** Most tokens of one run: what the buffers of a step are sized for. */
const MAX_TOKENS = 256;
/** Shares of the progress at which the file is read, and converted. */
const READ = 0.1;
const CONVERTED = 0.8;

/**
 * Throws `unsupported` (no such device, or an unknown kind of model), `wrong-numbers` (the self-test failed), `model-corrupt`, `model-damaged`, `load-failed`,
 * `out-of-memory`, `device-lost` or `aborted`.
 */
export async function loadLanguageModel(options: LoadOptions): Promise<{ model: LanguageModel; loadMs: number }> {
  const { entry, device, threads, assetsUrl, signal, onProgress } = options;
  throwIfAborted(signal);
  const startMs = performance.now();
  const progress = (share: number) => onProgress?.(Math.round(share * entry.weights.bytes), entry.weights.bytes);
  if (device === 'gpu' && !entry.knownAnswer) throw new AppError('unsupported', 'no known answer to test the GPU with');

  const gpu = device === 'gpu' ? await openGpu(navigator.gpu, options) : undefined;
  const onRead = (bytes: number) => progress((READ * bytes) / entry.weights.bytes);
  const files = options.files === undefined ? await openOpfs(CONVERTED_FOLDER) : options.files;
  const [module, { decoder: built, tokenizer, close }] = await Promise.all([
    runtime(device, threads, assetsUrl),
    openConverted({
      entry,
      precision: gpu ? 'q8' : 'int8',
      keyValueType: gpu?.keyValueType ?? 'float32',
      store: files && new FileStore(files),
      installed: entry.origin.kind === 'package' ? undefined : () => openInstalled(options, onRead),
      source: { assetsUrl, signal, fetch: options.fetch, onProgress: onRead },
      onProgress: (share) => progress(READ + (CONVERTED - READ) * share),
    }),
  ]);
  let session: DecoderSession;
  try {
    throwIfAborted(signal);
    session = gpu
      ? await createGpuDecoderSession(module, built, built.maxPositions, MAX_TOKENS, gpu.device)
      : await createCpuDecoderSession(module, built, built.maxPositions, MAX_TOKENS);
  } finally {
    close();
  }
  const decoder = new CachedDecoder(session, built.embed);
  try {
    if (entry.knownAnswer) await checkKnownAnswer(decoder, tokenizer, entry.knownAnswer);
    else if (options.measuresAnswer) {
      const knownAnswer = await measureAnswer(decoder, tokenizer, TEST_TEXT);
      await (await installedStore(options)).amend(entry.id, { knownAnswer });
    }
    throwIfAborted(signal);
  } catch (error) {
    decoder.dispose();
    throw error;
  }
  progress(1);
  const loadMs = performance.now() - startMs;
  return { model: new DecoderLanguageModel({ entry, decoder, tokenizer, loadMs }), loadMs };
}

/** Throws `model-damaged`, `aborted`. */
async function openInstalled(options: LoadOptions, onRead: (bytes: number) => void): Promise<Blob> {
  return (await installedStore(options)).open(options.entry, options.signal, onRead);
}

async function installedStore({ installed }: LoadOptions): Promise<ModelStore> {
  return installed ?? new ModelStore({ folder: await openFolder(WEIGHTS_FOLDER) });
}

export interface EmbedderOptions extends FileSource {
  threads: number;
}

/** Sentence embeddings, always on the CPU: for so small a model the GPU is slower. Throws as `loadLanguageModel`. */
export async function loadEmbedder({ threads, ...source }: EmbedderOptions): Promise<Embedder> {
  const [module, graph, tokenizer] = await Promise.all([
    runtime('cpu', threads, source.assetsUrl),
    readVerified(EMBEDDER.model, source),
    readVerified(EMBEDDER.tokenizer, source),
  ]);
  return createEmbedder(module, graph, new TextDecoder().decode(tokenizer));
}

const runtimes = new Map<'cpu' | 'gpu', Promise<OrtModule>>();

/** One per worker and device: models share its memory and threads. */
function runtime(device: 'cpu' | 'gpu', threads: number, assetsUrl: string): Promise<OrtModule> {
  const running = runtimes.get(device) ?? loadOrtModule(device, threads, assetsUrl);
  runtimes.set(device, running);
  return running;
}

async function readVerified(file: ModelFile, source: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readModelFile(file, source);
  await verifyModelFile(file, bytes);
  return bytes;
}
