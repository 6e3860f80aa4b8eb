// The worker's script: the one place where tasks, models and the engine come together.
import { loadEmbedder, loadLanguageModel } from '../model/load.ts';
import { perform } from '../tasks/perform.ts';
import { LocalEngine } from './local-engine.ts';
import type { ModelStart } from './model-start.ts';
import { serveWorker } from './serve-worker.ts';

serveWorker<ModelStart>(self, ({ entry, device, threads, software, assetsUrl }) => {
  // Loads are never aborted: the worker is ended instead.
  const { signal } = new AbortController();
  return new LocalEngine({
    entry,
    async loadLanguageModel(onProgress) {
      const options = { entry, device, threads, assetsUrl, acceptSoftware: software, onProgress, signal };
      return (await loadLanguageModel(options)).model;
    },
    loadEmbedder: () => loadEmbedder({ threads, assetsUrl, signal }),
    perform,
  });
});
