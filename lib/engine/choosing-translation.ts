// Translation by whom the reader chose: by the browser where it can, else by Inkling's own models. The browser's translator lives in
// documents only, so it runs in the host.
import { canTranslate, createBrowserTranslator, nativeTranslators } from '../model/browser-translator.ts';
import { MemoryCache } from '../tasks/translation/cache.ts';
import { translate } from '../tasks/translate.ts';
import type { LanguagePair } from '../protocol.ts';
import { abortable, within } from './abortable.ts';
import type { Engine } from './engine.ts';
import { unlessSilent } from './supervised.ts';
import { DEADLINES } from './watchdog.ts';

/** `own` does what the browser does not. */
export function choosingTranslation(own: Engine, native = nativeTranslators()): Engine {
  if (!native) return own;
  const models = { translator: createBrowserTranslator(native), cache: new MemoryCache() };
  return {
    async *run(task, signal) {
      const isWanted = task.kind === 'translate' && task.by === 'browser';
      if (!isWanted || !(await abortable(knows(task.pair), signal))) yield* own.run(task, signal);
      else yield* unlessSilent((either) => translate(task, models, either), signal, DEADLINES);
    },
  };

  /** A browser that does not say so in time does not. */
  function knows(pair: LanguagePair): Promise<boolean> {
    return within(DEADLINES.probeMs, 'the translator of the browser', canTranslate(pair, native)).catch(() => false);
  }
}
