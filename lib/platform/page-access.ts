// Reading a visited page: puts the content script into a frame when it is needed (nothing runs in pages before that)
// and asks it. Knows why a page cannot be read; knows nothing of the page itself.
import { browser } from 'wxt/browser';
import { isArticle } from '../engine/wire.ts';
import { AppError } from '../errors.ts';
import type { Article, TextQuote } from '../protocol.ts';
import { sendToFrame } from './messaging.ts';

const PAGE_FRAME = 0;
/** Built from entrypoints/bridge.ts. It does nothing where it runs already. */
const BRIDGE = '/bridge.js';

/** The article in view, or the text selected in a frame. Throws `restricted-page`, `permission-needed`, `stale-page`, `no-content`. */
export async function getArticle(tabId: number, scope: 'page' | 'selection', frameId = PAGE_FRAME): Promise<Article> {
  await inject(tabId, frameId);
  const article: unknown = await sendToFrame({ tabId, frameId }, 'getArticle', scope);
  if (!isArticle(article)) throw new AppError('internal', 'the page answered with something other than an article');
  return article;
}

/** Scrolls to the quote and highlights it; false where the page no longer has it. Throws as getArticle. */
export async function showQuote(tabId: number, quote: TextQuote, frameId = PAGE_FRAME): Promise<boolean> {
  await inject(tabId, frameId);
  return (await sendToFrame({ tabId, frameId }, 'showQuote', quote)) === true;
}

/** The text as the browser's menu event gives it (whitespace collapsed): for frames and viewers that cannot be asked. */
export function articleOfText(text: string, url: string, title: string): Article {
  return {
    url,
    title,
    language: '',
    description: '',
    blocks: [{ kind: 'paragraph', text: text.normalize('NFC') }],
    scope: 'selection',
    hiddenCharacters: 0,
  };
}

async function inject(tabId: number, frameId: number): Promise<void> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [BRIDGE] });
  } catch (cause) {
    throw await whyNot(tabId, frameId, cause);
  }
}

/**
 * The failed injection is the test, not a list of addresses. The browser shows a tab's address only where Inkling has been
 * let in (by a gesture or for the site): there the page itself is out of bounds, elsewhere the reader has not allowed it yet.
 */
async function whyNot(tabId: number, frameId: number, cause: unknown): Promise<AppError> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (!tab) return new AppError('stale-page', 'the tab is gone', { cause });
  if (!tab.url) return new AppError('permission-needed', '', { cause });
  return frameId === PAGE_FRAME
    ? new AppError('restricted-page', '', { cause })
    : new AppError('permission-needed', 'a frame of another site', { cause });
}
