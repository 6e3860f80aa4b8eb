// The worker's script for models laid out as on the hub: as lib/engine/worker.ts, with the library that knows their architectures.
import { loadEmbedder } from '../model/load.ts';
import { withSampling } from '../model/sampled.ts';
import { loadTransformersModel } from '../model/transformers/load.ts';
import { perform } from '../tasks/perform.ts';
import { LocalEngine } from './local-engine.ts';
import type { LocalStart } from './model-start.ts';
import { serveWorker } from './serve-worker.ts';

serveWorker<LocalStart>(self, ({ entry, threads, assetsUrl, sampling }) => {
  // Loads are never aborted: the worker is ended instead.
  const { signal } = new AbortController();
  return new LocalEngine({
    entry,
    async loadLanguageModel(onProgress) {
      const model = await loadTransformersModel({ entry, threads, assetsUrl, onProgress, signal });
      return sampling ? withSampling(model, sampling) : model;
    },
    loadEmbedder: () => loadEmbedder({ threads, assetsUrl, signal }),
    perform,
  });
});
