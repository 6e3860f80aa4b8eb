// Reading a visited page: puts the content script into a frame when it is needed (nothing runs in pages before that)
// and asks it. Knows why a page cannot be read; knows nothing of the page itself.
import { browser } from 'wxt/browser';
import { within } from '../engine/abortable.ts';
import { isArticle } from '../engine/wire.ts';
import { AppError } from '../errors.ts';
import type { Article, Requests, TextQuote } from '../protocol.ts';
import { sendToFrame } from './messaging.ts';
import type { Answer, RequestsOf } from './messaging.ts';

const PAGE_FRAME = 0;
const ANSWER_DEADLINE_MS = 20_000;
/** Built from entrypoints/bridge.ts. It does nothing where it runs already. */
const BRIDGE = '/bridge.js';

/** The article in view, or the text selected in a frame. Throws `restricted-page`, `permission-needed`, `stale-page`, `no-content`, `timed-out`. */
export async function getArticle(tabId: number, scope: 'page' | 'selection', frameId = PAGE_FRAME): Promise<Article> {
  const article: unknown = await ask({ tabId, frameId }, 'getArticle', scope);
  if (!isArticle(article)) throw new AppError('internal', 'the page answered with something other than an article');
  return article;
}

/** Scrolls to the quote and highlights it; false where the page no longer has it. Throws as getArticle. */
export async function showQuote(tabId: number, quote: TextQuote, frameId = PAGE_FRAME): Promise<boolean> {
  return ask({ tabId, frameId }, 'showQuote', quote);
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

/** A page may hang, sleep or show a dialog; extraction of the longest takes about a second. */
async function ask<R extends RequestsOf<'page'>>(
  frame: { tabId: number; frameId: number },
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<Answer<R>> {
  const asked = inject(frame.tabId, frame.frameId).then(() => sendToFrame(frame, request, ...args));
  return await within(ANSWER_DEADLINE_MS, `the page did not answer ${request}`, asked);
}

interface Injected {
  frameId: number;
  /** Firefox only. */
  error?: unknown;
}

async function inject(tabId: number, frameId: number): Promise<void> {
  try {
    const target = { tabId, frameIds: [frameId] };
    const frames: Injected[] = await browser.scripting.executeScript({ target, files: [BRIDGE] });
    // Firefox resolves, without the frame or with its error, where it may not enter a page of its own.
    const refused = frames.length === 0 ? new Error('no frame was entered') : frames[0].error;
    if (refused) throw new Error('the frame refused', { cause: refused });
  } catch (cause) {
    throw await whyNot(tabId, frameId, cause);
  }
}

/**
 * Why a frame could not be entered. The failed injection is the test, not a list of addresses. A tab's address is visible only
 * where Inkling has been let in (by a gesture, or for the site): what is closed there is closed for good. Elsewhere Chrome's
 * words tell a site that may be allowed from a page that may not; Firefox's do not, until the reader has tried.
 */
async function whyNot(tabId: number, frameId: number, cause: unknown): Promise<AppError> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (!tab) return new AppError('stale-page', 'the tab is gone', { cause });
  if (frameId !== PAGE_FRAME) return new AppError('permission-needed', 'a frame of another site', { cause });
  const mayBeAllowed = !tab.url && (import.meta.env.FIREFOX || String(cause).includes('must request permission'));
  return new AppError(mayBeAllowed ? 'permission-needed' : 'restricted-page', '', { cause });
}
