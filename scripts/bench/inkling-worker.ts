// Inkling's own engine as the extension's worker opens it, from the files of the built extension.
import { loadLanguageModel } from '../../lib/model/load.ts';
import type { LanguageModel } from '../../lib/model/language-model.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { Peer } from './peer.ts';
import { serveJob } from './serve-job.ts';

serveJob((threads): Peer => {
  let model: LanguageModel;
  const { signal } = new AbortController();
  return {
    async load() {
      const assetsUrl = new URL('/extension/', self.location.href).href;
      ({ model } = await loadLanguageModel({ entry: DEFAULT_MODEL, device: 'cpu', threads, assetsUrl, signal }));
    },
    async complete(messages, maxNewTokens, onToken) {
      let completion = { promptTokens: 0, completionTokens: 0 };
      for await (const event of model.generate(messages, { maxNewTokens }, signal)) {
        if (event.kind === 'delta') onToken(1);
        else if (event.kind === 'end') completion = event.metrics;
      }
      return completion;
    },
  };
});
