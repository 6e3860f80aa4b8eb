// Inkling's script in a visited page, injected when the reader asks and not before. It only wires lib/page to the requests
// for it; whatever it answers counts as the page's words.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { AppError } from '../lib/errors.ts';
import { extractArticle } from '../lib/page/extract.ts';
import { showQuote } from '../lib/page/cite.ts';
import { sampleText } from '../lib/page/sample-text.ts';
import { extractSelection } from '../lib/page/selection.ts';
import { detectLanguage } from '../lib/platform/detect-language.ts';
import { handle, send } from '../lib/platform/messaging.ts';

declare global {
  /** Set in Inkling's isolated world of a frame where this script runs already. */
  var inklingBridge: true | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.inklingBridge) return;
  globalThis.inklingBridge = true;

  handle('page', {
    getArticle: (scope) => {
      refuseCanvas();
      const article = scope === 'page' ? extractArticle(document) : extractSelection(document);
      if (!article) throw new AppError('no-content', 'nothing is selected');
      return article;
    },
    showQuote: (quote) => showQuote(document, quote),
    detectPageLanguage: async () => (await detectLanguage(sampleText(document))) || document.documentElement.lang,
  });
  // Not when the page changes its own address. Without a host there is nothing to stop.
  if (window === window.top) addEventListener('pagehide', () => void send('pageGone').catch(() => undefined));
});

/** Pages whose text is painted by the browser or by themselves: there is a document, but not the one that the reader sees. */
function refuseCanvas(): void {
  if (document.contentType === 'application/pdf') throw new AppError('restricted-page', 'a PDF viewer');
  if (location.hostname === 'docs.google.com' && location.pathname.startsWith('/document')) {
    throw new AppError('restricted-page', 'Google Docs paints its text');
  }
}
