// Inkling's own engine as the extension's worker opens it, from the files of the built extension.
import { loadEmbedder, loadLanguageModel } from '../../lib/model/load.ts';
import type { SummarizeTask } from '../../lib/protocol.ts';
import { summarize } from '../../lib/tasks/summarize.ts';
import type { LanguageModel } from '../../lib/model/language-model.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { Peer } from './peer.ts';
import { serveJob } from './serve-job.ts';

serveJob((threads): Peer => {
  let model: LanguageModel;
  const { signal } = new AbortController();
  const assetsUrl = new URL('/extension/', self.location.href).href;
  return {
    async load() {
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
    async summarize(page) {
      const models = {
        entry: DEFAULT_MODEL,
        model: () => Promise.resolve(model),
        embedder: () => loadEmbedder({ assetsUrl, threads, signal }),
      };
      for await (const _event of summarize(writtenSummaryOf(page), models, signal));
    },
  };
});

/** What the reader gets on plain request: read part by part, written, every sentence checked. */
function writtenSummaryOf(page: string): SummarizeTask {
  return {
    kind: 'summarize',
    article: {
      url: 'https://page.test/',
      title: '',
      language: 'en',
      description: '',
      blocks: page
        .split('\n')
        .filter(Boolean)
        .map((text) => ({ kind: 'paragraph', text })),
      scope: 'page',
      hiddenCharacters: 0,
    },
    type: 'tldr',
    length: 'medium',
    compose: 'requested',
  };
}
