/// <reference types="@webgpu/types" />
// How a model goes on after each prompt, token by token, greedily: its ids. In a worker of a page, as the engine's worker runs it.
// Bundled and served by golden-runs.ts.
import type { CatalogEntry } from '../../lib/model/catalog.ts';
import { openConverted } from '../../lib/model/converted-model.ts';
import { openGpu } from '../../lib/model/device.ts';
import { FileStore } from '../../lib/model/file-store.ts';
import { openOpfs } from '../../lib/model/opfs.ts';
import { createCpuDecoderSession } from '../../lib/model/ort/cpu-decoder-session.ts';
import { createGpuDecoderSession } from '../../lib/model/ort/gpu-decoder-session.ts';
import { loadOrtModule } from '../../lib/model/ort/module.ts';
import { CachedDecoder } from '../../lib/model/runtime/cached-decoder.ts';
import type { Continuation, GoldenRun } from './golden-runs.ts';

const MAX_TOKENS = 256;

addEventListener('message', ({ data }: MessageEvent<GoldenRun & { entry: CatalogEntry }>) => {
  void continuations(data).then(
    (ids) => postMessage(ids),
    (error: unknown) => postMessage(String(error)),
  );
});

async function continuations({
  entry,
  device,
  threads,
  prompts,
  newTokens,
}: GoldenRun & { entry: CatalogEntry }): Promise<Continuation[]> {
  const assetsUrl = new URL('/', location.href).href;
  const { signal } = new AbortController();
  const gpu = device === 'gpu' ? await openGpu(navigator.gpu, { acceptSoftware: true }) : undefined;
  const files = await openOpfs('golden');
  const [module, { decoder: built, tokenizer, close }] = await Promise.all([
    loadOrtModule(device, threads, assetsUrl),
    openConverted({
      entry,
      precision: gpu ? 'q8' : 'int8',
      keyValueType: gpu?.keyValueType ?? 'float32',
      store: files && new FileStore(files),
      source: { assetsUrl, signal },
      onProgress: () => undefined,
    }),
  ]);
  const session = gpu
    ? await createGpuDecoderSession(module, built, built.maxPositions, MAX_TOKENS, gpu.device)
    : await createCpuDecoderSession(module, built, built.maxPositions, MAX_TOKENS);
  close();
  const decoder = new CachedDecoder(session, built.embed);
  const all: Continuation[] = [];
  for (const content of prompts) {
    const prompt = tokenizer.encodeChat([{ role: 'user', content }]);
    decoder.truncate(0);
    let margin = Infinity;
    let next = prompt;
    const ids: number[] = [];
    while (ids.length < newTokens && !tokenizer.endOfReply.has(ids[ids.length - 1])) {
      const logits = await decoder.run(next, [next.length - 1]);
      const [first, second] = bestTwo(logits);
      margin = Math.min(margin, logits[first] - logits[second]);
      ids.push(first);
      next = [first];
    }
    all.push({ ids, margin });
  }
  decoder.dispose();
  return all;
}

function bestTwo(logits: Float32Array): [number, number] {
  let [first, second] = logits[0] >= logits[1] ? [0, 1] : [1, 0];
  for (let id = 2; id < logits.length; id++) {
    if (logits[id] > logits[first]) [first, second] = [id, first];
    else if (logits[id] > logits[second]) second = id;
  }
  return [first, second];
}
