// What whoever wires page translation holds of it: the states are told, at the pace of a reader.

import type { PageTranslationMode } from '../../requests.ts';
import { Attributes } from './attributes.ts';
import type { PageTranslation, PageTranslationOptions, TranslationState } from './page-translation.ts';
import { PageTranslator } from './page-translator.ts';

/** A reader sees no difference between states that follow each other sooner. */
const STATE_INTERVAL_MS = 100;

/** Nothing happens before `start`. The document has to have a window. */
export function createPageTranslation(document: Document, options: PageTranslationOptions): PageTranslation {
  let translator: PageTranslator | null = null;
  let attributes: Attributes | null = null;
  let mode: PageTranslationMode = 'bilingual';
  let told: TranslationState | null = null;
  let timer = 0;

  const tell = () => {
    window.clearTimeout(timer);
    timer = 0;
    if (!translator) return;
    options.onState((told = { ...translator.state(), mode }));
    if (told.phase === 'watching') attributes?.refresh();
  };
  const onProgress = () => {
    if (!translator) return;
    if (translator.state().phase !== told?.phase || mode !== told.mode) tell();
    else timer ||= window.setTimeout(tell, STATE_INTERVAL_MS);
  };
  const setMode = (wanted: PageTranslationMode) => {
    mode = wanted;
    translator?.setMode(wanted);
    onProgress();
  };

  return {
    start: (wanted) => {
      if (translator) return setMode(wanted);
      mode = wanted;
      told = null;
      translator = new PageTranslator(document, options, onProgress);
      translator.begin(wanted);
      const { attributes: isWanted = false, targetLanguage: target, sourceLanguage: source, translate } = options;
      if (isWanted) attributes = new Attributes(document, { target, source }, translate);
    },
    setMode,
    pause: () => {
      translator?.pause();
      onProgress();
    },
    resume: () => translator?.resume(),
    restore: async () => {
      const ending = translator;
      const ended = attributes?.restore();
      translator = null;
      attributes = null;
      window.clearTimeout(timer);
      timer = 0;
      await Promise.all([ending?.end(), ended]);
    },
  };
}
