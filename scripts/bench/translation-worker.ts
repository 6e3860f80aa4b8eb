// Inkling's own translator, in a worker of the benchmark's page.
import { KERNELS } from '../../lib/model/load-translator.ts';
import { createMarianTranslator } from '../../lib/model/marian-translator.ts';
import { PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';

const PAIR = { from: 'en', to: 'pt' };
const { signal } = new AbortController();
const { files } = PACKAGED_PACKS.find(({ pair }) => pair.to === PAIR.to)!;
const read = async ({ name }: ModelFile) => new Uint8Array(await (await fetch(`/models/${name}`)).arrayBuffer());
const translator = createMarianTranslator({
  kernels: WebAssembly.compileStreaming(fetch(`/bench/${KERNELS}`)),
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

self.onmessage = (event: MessageEvent<{ id: number; texts?: string[] }>) => {
  const { id, texts } = event.data;
  // Its model comes with the first texts.
  const work = texts ? translator.translate(texts, PAIR, signal) : Promise.resolve([]);
  work.then(
    (result) => self.postMessage({ id, result: result.map(({ text }) => text) }),
    (error: unknown) => self.postMessage({ id, error: { message: String(error) } }),
  );
};
