// The page that the translation benchmark opens for each run: one engine, one number of workers, one timing.
// Bergamot's workers are its own, spoken to as its translator.js does, without the queue and the cache that it puts before them.
import { PACKAGED_PACKS } from '../../lib/model/catalog.ts';
import { measure, type TranslationPlan, type TranslationTiming, type TranslationWorker } from './translation-peer.ts';

export interface TranslationJob {
  engine: 'inkling' | 'bergamot';
  workers: number;
  plan: TranslationPlan;
}

declare global {
  interface Window {
    runTranslation(job: TranslationJob): Promise<TranslationTiming>;
  }
}

window.runTranslation = ({ engine, workers, plan }) =>
  measure({ workers: Array.from({ length: workers }, engine === 'inkling' ? inkling : bergamot) }, plan);

function inkling(): TranslationWorker {
  const call = caller(new Worker('/bench/translation-worker.js', { type: 'module' }));
  return {
    async load() {
      await call({});
    },
    translate: async (texts) => (await call({ texts })) as string[],
  };
}

function bergamot(): TranslationWorker {
  const call = caller(new Worker('/bergamot/translator-worker.js'));
  const pair = { from: 'en', to: 'pt' };
  return {
    async load() {
      await call({ name: 'initialize', args: [{ cacheSize: 0, useNativeIntGemm: false }] });
      const { model, shortlist, vocabulary } = PACKAGED_PACKS.find((pack) => pack.pair.to === pair.to)!.files;
      const [modelBytes, shortlistBytes, vocabularyBytes] = await Promise.all(
        [model, shortlist, vocabulary].map(async ({ name }) => (await fetch(`/models/${name}`)).arrayBuffer()),
      );
      const buffers = { model: modelBytes, shortlist: shortlistBytes, vocabs: [vocabularyBytes], qualityModel: null };
      await call({ name: 'loadTranslationModel', args: [pair, buffers] });
    },
    async translate(texts) {
      const inputs = texts.map((text) => ({ text, html: false, qualityScores: false }));
      const responses = await call({ name: 'translate', args: [{ models: [pair], texts: inputs }] });
      return (responses as { target: { text: string } }[]).map(({ target }) => target.text);
    },
  };
}

/** Sends a message and resolves to the answer with its number. */
function caller(worker: Worker): (message: object) => Promise<unknown> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  worker.onmessage = (event: MessageEvent<{ id: number; result?: unknown; error?: { message: string } }>) => {
    const { id, result, error } = event.data;
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  };
  worker.onerror = (event) => waiting.forEach(({ reject }) => reject(new Error(event.message)));
  return (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      worker.postMessage({ id: calls, ...message });
    });
}
