// Inkling's script that translates the visited page in place, injected when the reader asks for that and not before. It only wires
// lib/page/translation to the requests for it and to the engine.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { parallelTranslations } from '../lib/engine/parallel-translations.ts';
import { AppError } from '../lib/errors.ts';
import { createPageTranslation } from '../lib/page/translation/create-page-translation.ts';
import type { PageTranslation } from '../lib/page/translation/page-translation.ts';
import { handle, send } from '../lib/platform/messaging.ts';
import { translateTexts } from '../lib/platform/translate-texts.ts';
import type { LanguagePair } from '../lib/protocol.ts';
import type { PageTranslationState } from '../lib/requests.ts';

declare global {
  /** Set in Inkling's isolated world of a frame where this script runs already. */
  var inklingPageTranslation: true | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.inklingPageTranslation) return;
  globalThis.inklingPageTranslation = true;

  let current: { pair: LanguagePair; translation: PageTranslation } | undefined;
  let state: PageTranslationState | null = null;

  const say = (next: PageTranslationState | null) => {
    state = next;
    send('pageTranslationChanged', next).catch(() => undefined); // no panel is open
  };
  const restore = async () => {
    await current?.translation.restore();
    current = undefined;
    say(null);
  };
  const begin = (pair: LanguagePair): PageTranslation =>
    createPageTranslation(document, {
      translate: (texts, signal, onTranslation) => translateTexts(pair, texts, signal, onTranslation),
      targetLanguage: pair.to,
      sourceLanguage: pair.from,
      attributes: true,
      // One waits, so that no worker does.
      parallel: parallelTranslations() + 1,
      onState: (next) => say({ ...next, pair }),
    });

  handle('page-translation', {
    async translatePage({ pair, mode }) {
      const { from, to } = current?.pair ?? {};
      if (from !== pair.from || to !== pair.to) {
        if (current) await restore();
        current = { pair, translation: begin(pair) };
      }
      current!.translation.start(mode);
      current!.translation.resume();
    },
    readPageTranslation: () => state,
    changePageTranslation(change) {
      if (!current) throw new AppError('stale-page', 'the page is not translated');
      const { translation } = current;
      if (change === 'restore') return restore();
      if (change === 'pause') translation.pause();
      else if (change === 'resume') translation.resume();
      else translation.setMode(change);
    },
  });
});
