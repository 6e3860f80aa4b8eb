// Translation by whom the reader chose: by the browser where it can, else by Inkling's own models. The browser's translator lives in
// documents only, so it runs in the host.
import { canTranslate, createBrowserTranslator, nativeTranslators } from '../model/browser-translator.ts';
import { MemoryCache } from '../tasks/translation/cache.ts';
import { translate } from '../tasks/translate.ts';
import type { Engine } from './engine.ts';

/** `own` does what the browser does not. */
export function choosingTranslation(own: Engine, native = nativeTranslators()): Engine {
  if (!native) return own;
  const models = { translator: createBrowserTranslator(native), cache: new MemoryCache() };
  return {
    async *run(task, signal) {
      const byBrowser = task.kind === 'translate' && task.by === 'browser' && (await canTranslate(task.pair, native));
      yield* byBrowser ? translate(task, models, signal) : own.run(task, signal);
    },
  };
}
