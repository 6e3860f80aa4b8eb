// Converts one GGUF file as the extension does, into a folder instead of the browser's file system, opens and runs it in Node, and
// prints what that took as JSON. A process of its own, so that its peak memory is this model's alone.
// npx tsx scripts/models/conversion.ts FILE.gguf
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { openConverted } from '../../lib/model/converted-model.ts';
import { FileStore } from '../../lib/model/file-store.ts';
import { inspectGgufFile } from '../../lib/model/gguf/inspect.ts';
import { createCpuDecoderSession } from '../../lib/model/ort/cpu-decoder-session.ts';
import { CachedDecoder } from '../../lib/model/runtime/cached-decoder.ts';
import { argmax } from '../../lib/model/runtime/sampler.ts';
import { startRuntime } from '../../tests/unit/runtime/ort-runtime.ts';
import { diskFiles } from './disk-files.ts';

export interface ConversionCost {
  fileBytes: number;
  /** Times are of the processor: what a thread of an idle machine takes, also where others compute beside it. */
  convertCpuMs: number;
  /** Of the whole process while it converted. */
  convertPeakBytes: number;
  convertedBytes: number;
  /** Opening what was kept: checking it, and ONNX Runtime taking it in. */
  openCpuMs: number;
  heapBytes: number;
  /** Of the whole process, at the end. */
  peakBytes: number;
  /** As inspect.ts says beforehand. */
  estimatedBytes: number;
  prefillTokensPerCpuSecond: number;
  decodeTokensPerCpuSecond: number;
}

const PROMPT_TOKENS = 128;
const REPLY_TOKENS = 16;
const CONTEXT_TOKENS = 2048;

async function measure(path: string, folder: string): Promise<ConversionCost> {
  const file = await openAsBlob(path);
  const { memoryBytes } = await inspectGgufFile(file);
  const weights = { name: path, bytes: file.size, sha256: createHash('sha256').update(path).digest('hex') };
  const signal = new AbortController().signal;
  const conversion = {
    entry: { ...DEFAULT_MODEL, weights, contextWindow: CONTEXT_TOKENS },
    precision: 'int8',
    keyValueType: 'float32',
    store: new FileStore(diskFiles(folder)),
    installed: () => Promise.resolve(file),
    source: { assetsUrl: '', signal },
    onProgress: () => undefined,
  } as const;
  const startMs = cpuMs();
  const first = await openConverted(conversion);
  const convertCpuMs = cpuMs() - startMs;
  first.close();
  const convertPeakBytes = peakBytes();

  const runtime = await startRuntime();
  const openAtMs = cpuMs();
  const { decoder: built, close } = await openConverted(conversion);
  const session = await createCpuDecoderSession(runtime.module, built, CONTEXT_TOKENS, 256);
  const openCpuMs = cpuMs() - openAtMs;
  const convertedBytes = built.weights.byteLength;
  close();
  const decoder = new CachedDecoder(session, built.embed);
  const prompt = Array.from({ length: PROMPT_TOKENS }, (_, i) => (i === 0 ? 1 : 100 + ((i * 37) % 900)));
  const promptAtMs = cpuMs();
  let next = argmax(await decoder.run(prompt, [PROMPT_TOKENS - 1]));
  const replyAtMs = cpuMs();
  for (let i = 0; i < REPLY_TOKENS; i++) next = argmax(await decoder.run([next], [0]));
  const endMs = cpuMs();
  const cost = {
    fileBytes: file.size,
    convertCpuMs,
    convertPeakBytes,
    convertedBytes,
    openCpuMs,
    heapBytes: session.memoryBytes(),
    peakBytes: peakBytes(),
    estimatedBytes: memoryBytes,
    prefillTokensPerCpuSecond: (1000 * PROMPT_TOKENS) / (replyAtMs - promptAtMs),
    decodeTokensPerCpuSecond: (1000 * REPLY_TOKENS) / (endMs - replyAtMs),
  };
  decoder.dispose();
  await runtime.stop();
  return cost;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const peakBytes = () => process.resourceUsage().maxRSS * 1024;

const folder = await mkdtemp(join(tmpdir(), 'inkling-conversion-'));
try {
  console.log(JSON.stringify(await measure(process.argv[2], folder)));
} finally {
  await rm(folder, { recursive: true });
}
process.exit(0);
