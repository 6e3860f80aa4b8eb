// The worker's script: the one place where tasks, models and the engine come together.
import type { LanguageModel } from '../model/language-model.ts';
import { loadEmbedder, loadLanguageModel } from '../model/load.ts';
import { ServerLanguageModel } from '../model/openai/server-language-model.ts';
import { withSampling } from '../model/sampled.ts';
import { estimateSpeed } from '../model/speed-estimate.ts';
import { perform } from '../tasks/perform.ts';
import { LocalEngine } from './local-engine.ts';
import { connectModel } from './model-port.ts';
import type { ModelStart } from './model-start.ts';
import { serveWorker } from './serve-worker.ts';

serveWorker<ModelStart>(self, (start) => {
  const { threads, assetsUrl, sampling } = start;
  // Loads are never aborted: the worker is ended instead.
  const { signal } = new AbortController();
  return new LocalEngine({
    entry: start.entry,
    async loadLanguageModel(onProgress) {
      const model = await load(start, onProgress, signal);
      return sampling ? withSampling(model, sampling) : model;
    },
    loadEmbedder: () => loadEmbedder({ threads, assetsUrl, signal }),
    ...((start.device === 'cpu' || start.device === 'gpu') && {
      estimateSpeed: (asked: AbortSignal) => estimateSpeed({ ...start, acceptSoftware: start.software, signal: asked }),
    }),
    perform,
  });
});

async function load(
  start: ModelStart,
  onProgress: (loadedBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<LanguageModel> {
  if (start.device === 'remote') return new ServerLanguageModel(start.entry);
  if (start.device === 'browser') return connectModel(start.model, start.entry, signal);
  return (await loadLanguageModel({ ...start, acceptSoftware: start.software, onProgress, signal })).model;
}
