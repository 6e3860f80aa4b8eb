// Inkling's script in a visited page, injected when the reader asks and not before. It only wires lib/page to the requests
// for it; whatever it answers counts as the page's words.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { AppError } from '../lib/errors.ts';
import type { Article } from '../lib/article.ts';
import { showQuote } from '../lib/page/cite.ts';
import { copyPage } from '../lib/page/copy-page.ts';
import { sampleText } from '../lib/page/sample-text.ts';
import { extractSelection } from '../lib/page/selection.ts';
import { isWatchPage, readTranscript, seekVideo } from '../lib/page/transcript.ts';
import { detectLanguage } from '../lib/platform/detect-language.ts';
import { handle, send } from '../lib/platform/messaging.ts';
import { shadowTreeOf } from '../lib/platform/shadow-tree.ts';

/** Of a transcript: enough to tell its language. */
const SAMPLE_CHARACTERS = 4_000;

declare global {
  /** Set in Inkling's isolated world of a frame where this script runs already. */
  var inklingBridge: true | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.inklingBridge) return;
  globalThis.inklingBridge = true;

  handle('page', {
    readPage: () => {
      refuseCanvas();
      return isWatchPage(document) ? transcript() : copyPage(document, shadowTreeOf);
    },
    readSelection: () => {
      refuseCanvas();
      const article = extractSelection(document, shadowTreeOf);
      if (!article) throw new AppError('no-content', 'nothing is selected');
      return article;
    },
    showQuote: (quote) =>
      quote.seconds === undefined ? showQuote(document, quote, shadowTreeOf) : seekVideo(document, quote.seconds),
    detectPageLanguage: async () => (await detectLanguage(sampleText(document))) || document.documentElement.lang,
  });
  // Not when the page changes its own address. Without a host there is nothing to stop.
  // Nor when it is a PDF, which Chrome's viewer loads anew to show another page.
  const isPage = window === window.top && document.contentType !== 'application/pdf';
  if (isPage) addEventListener('pagehide', () => void send('pageGone').catch(() => undefined));
});

/** The page's own language is that of its buttons. */
async function transcript(): Promise<Article> {
  const article = readTranscript(document);
  const sample = article.blocks.map(({ text }) => text).join('\n');
  return { ...article, language: await detectLanguage(sample.slice(0, SAMPLE_CHARACTERS)) };
}

/** Pages whose text is painted by the browser or by themselves: there is a document, but not the one that the reader sees. */
function refuseCanvas(): void {
  if (document.contentType === 'application/pdf') throw new AppError('restricted-page', 'a PDF viewer');
  if (location.hostname === 'docs.google.com' && location.pathname.startsWith('/document')) {
    throw new AppError('restricted-page', 'Google Docs paints its text');
  }
}
