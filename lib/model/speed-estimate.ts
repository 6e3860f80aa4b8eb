// How fast a model would run on a device, told before it is converted: its graph, with weights of no meaning in its own precision. An
// operator takes the same time whatever its numbers are.
import { throwIfAborted } from '../errors.ts';
import type { Metrics } from '../protocol.ts';
import type { CatalogEntry } from './catalog.ts';
import { openGpu } from './device.ts';
import { readModelFile } from './files.ts';
import { draftDecoder } from './gguf/build-decoder.ts';
import { GgufFile } from './gguf/gguf-file.ts';
import { createCpuDecoderSession } from './ort/cpu-decoder-session.ts';
import type { DecoderSession } from './ort/decoder-session.ts';
import { createGpuDecoderSession } from './ort/gpu-decoder-session.ts';
import { loadOrtModule } from './ort/module.ts';
import { CachedDecoder } from './runtime/cached-decoder.ts';

export interface EstimateOptions {
  /** A model that the package carries. */
  entry: CatalogEntry;
  device: 'cpu' | 'gpu';
  threads: number;
  assetsUrl: string;
  signal: AbortSignal;
  acceptSoftware?: boolean;
  fetch?: typeof fetch;
}

/** As much as a short prompt; what comes after is run token by token. */
const PROMPT_TOKENS = 64;
const DECODE_MS = 2_000;
const STEPS = { min: 5, max: 64 };
/** As an int8 60, as a float32 0.0115: nothing that it makes is too large or too small for the hardware's fast ways. */
const FILLING = 0x3c;

/** In a worker of its own: it has no runtime yet. Throws as `loadLanguageModel`. */
export async function estimateSpeed({ entry, device, ...options }: EstimateOptions): Promise<Metrics> {
  const { threads, assetsUrl, signal, fetch } = options;
  const startMs = performance.now();
  const gpu = device === 'gpu' ? await openGpu(navigator.gpu, options) : undefined;
  const [module, gguf] = await Promise.all([
    loadOrtModule(device, threads, assetsUrl),
    readModelFile(entry.weights, { assetsUrl, signal, fetch }).then((bytes) => GgufFile.open(bytes.buffer)),
  ]);
  const keyValueType = gpu?.keyValueType ?? 'float32';
  const maxPositions = entry.contextWindow;
  const {
    embeddings,
    weightsBytes,
    weightPieces: _,
    ...drafted
  } = await draftDecoder(gguf, gpu ? 'q8' : 'int8', { maxPositions, keyValueType, signal });
  const built = {
    ...drafted,
    weights: new Uint8Array(weightsBytes).fill(FILLING),
    embed: embeddings.embed.bind(embeddings),
  };
  const session: DecoderSession = gpu
    ? await createGpuDecoderSession(module, built, maxPositions, PROMPT_TOKENS, gpu.device)
    : await createCpuDecoderSession(module, built, maxPositions, PROMPT_TOKENS);
  const loadMs = performance.now() - startMs;
  const decoder = new CachedDecoder(session, built.embed);
  try {
    return { ...(await timed(decoder, signal)), loadMs, peakBytes: session.memoryBytes() };
  } finally {
    decoder.dispose();
  }
}

async function timed(decoder: CachedDecoder, signal: AbortSignal): Promise<Omit<Metrics, 'loadMs' | 'peakBytes'>> {
  const run = async (tokens: number): Promise<number> => {
    throwIfAborted(signal);
    const startMs = performance.now();
    await decoder.run(
      Array.from({ length: tokens }, (_, index) => index),
      [tokens - 1],
    );
    return performance.now() - startMs;
  };
  // The first run of a shape makes ready what the later ones use.
  await run(1);
  const promptMs = await run(PROMPT_TOKENS);
  const stepsMs: number[] = [];
  let decodeMs = 0;
  while (stepsMs.length < STEPS.min || (decodeMs < DECODE_MS && stepsMs.length < STEPS.max)) {
    const stepMs = await run(1);
    stepsMs.push(stepMs);
    decodeMs += stepMs;
  }
  return {
    timeToFirstTokenMs: promptMs,
    promptTokens: PROMPT_TOKENS,
    cachedTokens: 0,
    completionTokens: stepsMs.length,
    prefillTokensPerSecond: (1000 * PROMPT_TOKENS) / promptMs,
    // Of the later steps: browsers make code fast while it runs.
    decodeTokensPerSecond: 1000 / median(stepsMs.slice(stepsMs.length >> 1)),
    totalMs: promptMs + decodeMs,
  };
}

/** Not the mean: what else the machine does for a moment tells nothing of the model. */
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
