// A Translator over Firefox Translations models on the CPU, one thread: routes, batches, and the models kept loaded. Knows no files.
import { AppError, throwIfAborted } from '../errors.ts';
import type { LanguagePair } from '../protocol.ts';
import { joinAlignments } from './marian/join-alignments.ts';
import { translateAll } from './marian/translate-all.ts';
import { MarianModel } from './marian/marian-model.ts';
import type { PackSource } from './packs/pack.ts';
import { unknownCharacters } from './marian/unknown-characters.ts';
import type { Translator } from './translator.ts';

export interface MarianOptions {
  /** lib/model/marian/assembly/kernels.ts compiled. They compute on one thread: use more workers. */
  kernels: WebAssembly.Module | Promise<WebAssembly.Module>;
  source: PackSource;
  /** Directions kept in memory, the latest used ones: at least the two of a route. */
  maxModels?: number;
}

export function createMarianTranslator({ kernels, source, maxModels = 3 }: MarianOptions): Translator {
  /** By pair, the latest used last. */
  const models = new Map<string, MarianModel>();
  let busy: Promise<unknown> = Promise.resolve();
  let disposed = false;

  async function modelFor(pair: LanguagePair, signal: AbortSignal): Promise<MarianModel> {
    const key = `${pair.from}-${pair.to}`;
    let model = models.get(key);
    if (!model) {
      const pack = await source.read(pair, signal);
      throwIfAborted(signal);
      for (const oldest of models.keys()) {
        if (models.size < maxModels) break;
        models.delete(oldest);
      }
      model = await MarianModel.open(await kernels, pack);
      throwIfAborted(signal);
    }
    models.delete(key);
    models.set(key, model);
    return model;
  }

  /** One request after another: the first asked is answered first, and no model comes twice. */
  function exclusively<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const result = busy.then(() => {
      throwIfAborted(signal);
      if (disposed) throw new AppError('internal', 'disposed');
      return work();
    });
    busy = result.catch(() => undefined);
    return result;
  }

  return {
    translate: (sentences, pair, signal, { careful = false } = {}) =>
      exclusively(signal, async () => {
        const [first, ...others] = source.route(pair);
        let result = await translateAll(await modelFor(first, signal), sentences, careful, signal);
        for (const leg of others) {
          const texts = result.map(({ text }) => text);
          const further = await translateAll(await modelFor(leg, signal), texts, careful, signal);
          result = result.map((translation, i) => joinAlignments(translation, further[i]));
        }
        return result;
      }),
    unknownCharacters: (text, pair, signal) =>
      exclusively(signal, async () => {
        const route: MarianModel[] = [];
        for (const leg of source.route(pair)) route.push(await modelFor(leg, signal));
        return unknownCharacters(text, route);
      }),
    dispose() {
      disposed = true;
      void busy.then(() => models.clear());
    },
  };
}
