// Visited pages: puts a content script into a frame when it is needed (nothing runs in pages before that) and asks it. Knows why a page cannot be read; knows nothing of the page itself.
import { browser } from 'wxt/browser';
import { within } from '../engine/abortable.ts';
import { array, boolean, natural, object, string } from '../engine/schema.ts';
import { isArticle } from '../engine/task-checks.ts';
import { AppError } from '../errors.ts';
import type { Article, TextQuote } from '../article.ts';
import type { PageCopy } from '../page/copy-page.ts';
import { isCopiedNode } from '../page/snapshot-document.ts';
import type { PageTranslationChange, PageTranslationOrder, PageTranslationState, Requests } from '../requests.ts';
import { hasFocusItself, hasSelectionInFocus } from '../page/selection-focus.ts';
import { askIfThere, REQUESTS, sendToFrame } from './messaging.ts';
import type { Answer, FrameTarget, RequestsOf } from './messaging.ts';

const PAGE_FRAME = 0;
const ANSWER_DEADLINE_MS = 20_000;
/** Checked, because a page that took over its renderer can send anything. */
const isPageCopy = object<PageCopy>({
  url: string,
  title: string,
  siteName: string,
  language: string,
  description: string,
  nodes: array(isCopiedNode),
  hiddenCharacters: natural,
  truncated: boolean,
});
/** Built from entrypoints/ of these names. A script does nothing where it runs already, but to be read by the browser takes it its time. */
const SCRIPTS: Record<FrameTarget, Script> = {
  page: '/bridge.js',
  'page-translation': '/page-translation.js',
  card: '/card.js',
};

/**
 * A copy of what the reader sees of the page, or its article where that needs no looking for (read-page.ts).
 * Throws `restricted-page`, `permission-needed`, `stale-page`, `no-content`, `timed-out`.
 */
export async function copyPage(tabId: number): Promise<PageCopy | Article> {
  const page: unknown = await ask({ tabId, frameId: PAGE_FRAME }, 'readPage');
  if (!isPageCopy(page) && !isArticle(page)) throw new AppError('internal', 'the page answered with something else');
  return page;
}

/** The text selected in a frame. Throws as copyPage. */
export async function getSelection(tabId: number, frameId = PAGE_FRAME): Promise<Article> {
  const article: unknown = await ask({ tabId, frameId }, 'readSelection');
  if (!isArticle(article)) throw new AppError('internal', 'the page answered with something other than an article');
  return article;
}

/** Scrolls to the quote and highlights it; false where the page no longer has it. Throws as copyPage. */
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

/** The language that the page's text is in, '' where it does not tell. Throws as copyPage. */
export async function detectPageLanguage(tabId: number): Promise<string> {
  return ask({ tabId, frameId: PAGE_FRAME }, 'detectPageLanguage');
}

/** Throws as copyPage. */
export async function translatePage(tabId: number, order: PageTranslationOrder): Promise<void> {
  await ask({ tabId, frameId: PAGE_FRAME }, 'translatePage', order);
}

/** Null where the page is not translated. */
export async function readPageTranslation(tabId: number): Promise<PageTranslationState | null> {
  return sendToFrame({ tabId, frameId: PAGE_FRAME }, 'readPageTranslation').catch(() => null);
}

/** Throws `stale-page` where the page is not translated. */
export async function changePageTranslation(tabId: number, change: PageTranslationChange): Promise<void> {
  await sendToFrame({ tabId, frameId: PAGE_FRAME }, 'changePageTranslation', change);
}

/** Shows the translation of what is selected in a frame, beside it; of `text` where nothing is. Throws as copyPage. */
export async function translateSelection(tabId: number, text: string, frameId = PAGE_FRAME): Promise<void> {
  await ask({ tabId, frameId }, 'translateSelection', text);
}

/**
 * Offers other words for what is written or selected in a frame, beside it; for `text` where nothing is. An instruction is followed at
 * once, '' lets the reader choose. Throws as copyPage.
 */
export async function rewriteText(
  tabId: number,
  text: string,
  instruction: string,
  frameId = PAGE_FRAME,
): Promise<void> {
  await ask({ tabId, frameId }, 'rewriteText', text, instruction);
}

/** The frame in which the reader has selected something, as far as frames may be entered; else the page itself. */
export function frameOfSelection(tabId: number): Promise<number> {
  return findFrame(tabId, hasSelectionInFocus);
}

/** The frame that has the caret, as far as frames may be entered; else the page itself. */
export function frameOfFocus(tabId: number): Promise<number> {
  return findFrame(tabId, hasFocusItself);
}

async function findFrame(tabId: number, func: () => boolean): Promise<number> {
  // Firefox has nothing to say of a frame that it may not enter.
  const frames: ({ frameId: number; result?: unknown } | null | undefined)[] = await browser.scripting
    .executeScript({ target: { tabId, allFrames: true }, func })
    .catch(() => []);
  return frames.find((frame) => frame?.result)?.frameId ?? PAGE_FRAME;
}

/**
 * Puts the script that reads a page into the one in front, where it may be, so that a click finds it there. It reads nothing
 * until it is asked; where it may not be, the click will say why.
 */
export async function standBy(tabId: number): Promise<void> {
  await inject({ tabId, frameId: PAGE_FRAME }, SCRIPTS.page).catch(() => undefined);
}

/** A page may hang, sleep or show a dialog; extraction of the longest takes about a second. */
async function ask<R extends RequestsOf<FrameTarget>>(
  frame: Frame,
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<Answer<R>> {
  return await within(ANSWER_DEADLINE_MS, `the page did not answer ${request}`, converse(frame, request, ...args));
}

/** Asks the script that runs there already, which is soonest; where none does, puts it in and asks. */
async function converse<R extends RequestsOf<FrameTarget>>(
  frame: Frame,
  request: R,
  ...args: Parameters<Requests[R]>
): Promise<Answer<R>> {
  const answer = await askIfThere(frame, request, ...args);
  if (answer) return answer.value;
  await inject(frame, SCRIPTS[REQUESTS[request].target]);
  return await sendToFrame(frame, request, ...args);
}

type Script = '/bridge.js' | '/page-translation.js' | '/card.js';

interface Frame {
  tabId: number;
  frameId: number;
}

interface Injected {
  frameId: number;
  /** Firefox only. */
  error?: unknown;
}

async function inject({ tabId, frameId }: Frame, script: Script): Promise<void> {
  try {
    const target = { tabId, frameIds: [frameId] };
    const frames: Injected[] = await browser.scripting.executeScript({ target, files: [script] });
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
