// Inkling's own translator, in a worker of the benchmark's page.
import { createMarianTranslator } from '../../lib/model/marian-translator.ts';
import { loadOrtModule } from '../../lib/model/ort/module.ts';
import { PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';
import type { Translator } from '../../lib/model/translator.ts';

const PAIR = { from: 'en', to: 'pt' };
const { signal } = new AbortController();
let translator: Translator;

async function load(): Promise<void> {
  const files = PACKAGED_PACKS.find(({ pair }) => pair.to === PAIR.to)!.files;
  const read = async ({ name }: ModelFile) => new Uint8Array(await (await fetch(`/models/${name}`)).arrayBuffer());
  translator = createMarianTranslator({
    module: await loadOrtModule('cpu', 1, new URL('/bench/', self.location.href).href),
    source: {
      route: (pair) => [pair],
      read: async () => {
        const [model, shortlist, vocabulary] = await Promise.all(
          [files.model, files.shortlist, files.vocabulary].map(read),
        );
        return { model, shortlist, vocabulary };
      },
    },
  });
}

self.onmessage = (event: MessageEvent<{ id: number; texts?: string[] }>) => {
  const { id, texts } = event.data;
  const work = texts ? translator.translate(texts, PAIR, signal) : load();
  work.then(
    (result) => self.postMessage({ id, result: result?.map(({ text }) => text) }),
    (error: unknown) => self.postMessage({ id, error: { message: String(error) } }),
  );
};
