// What follows from a gesture on the toolbar button, a menu item or a key: the panel opens in the same turn, and what was
// asked for waits there, or a card opens in the page. The selection is captured now, because opening the panel may take it away.
import { browser } from 'wxt/browser';
import type { Browser } from 'wxt/browser';
import { toWire } from '../errors.ts';
import type { Article } from '../article.ts';
import type { AskIntent, ShowIntent, SummarizeIntent } from '../requests.ts';
import { leaveIntent } from './intent.ts';
import {
  articleOfText,
  frameOfFocus,
  frameOfSelection,
  getSelection,
  rewriteText,
  translateSelection as showTranslationCard,
} from './page-access.ts';
import { openPanel } from './panel-open.ts';
import { clearRefusal, tellRefusal } from './refusal.ts';
import type { Sender } from './sender.ts';
import { noteGesture } from './tabs.ts';

type Tab = Browser.tabs.Tab;

/** Where the reader asked, and the selected text as far as the browser told it. */
export interface Gesture {
  frameId: number;
  selectionText?: string | undefined;
}

/** The panel, and nothing asked for yet. Rejects where the browser refuses to open it. */
export async function openFor(tab: Tab): Promise<void> {
  await Promise.all([openPanel(tab.windowId), tab.id === undefined ? undefined : noteGesture(tab.id)]);
}

/** The panel, and a summary of the page or of the selection in the gesture's frame. */
export async function summarize(tab: Tab, scope: SummarizeIntent['scope'], gesture: Gesture): Promise<void> {
  const { id } = tab;
  const intent: SummarizeIntent = { kind: 'summarize', scope, frameId: gesture.frameId };
  await Promise.all([openPanel(tab.windowId), id === undefined ? undefined : leave(tab, id, intent, gesture)]);
}

type Question = Pick<AskIntent, 'question' | 'action' | 'scope'>;

/** The panel, and in it what a quick action makes of the page, or of the selection in the gesture's frame. */
export async function ask(tab: Tab, question: Question, gesture: Gesture): Promise<void> {
  await Promise.all([openPanel(tab.windowId), leaveQuestion(tab, question, gesture)]);
}

/** A question for the panel of the tab, which opens or is open. Without a gesture in a frame, that of the selection is found. */
export async function leaveQuestion(tab: Tab, question: Question, gesture?: Gesture): Promise<void> {
  const { id } = tab;
  if (id === undefined) return;
  const at = gesture ?? { frameId: question.scope === 'selection' ? await frameOfSelection(id) : 0 };
  await leave(tab, id, { kind: 'ask', ...question, frameId: at.frameId }, at);
}

/** The panel, and in it the translation of the page. */
export async function translatePage(tab: Tab): Promise<void> {
  const { id } = tab;
  const left = id === undefined ? undefined : Promise.all([noteGesture(id), leaveIntent(id, { kind: 'translate' })]);
  await Promise.all([openPanel(tab.windowId), left]);
}

/** The translation of the selection, beside it; from a frame that cannot be entered, in the middle of the page. */
export function translateSelection(tab: Tab, gesture?: Gesture): Promise<void> {
  return openCard(tab, gesture, frameOfSelection, showTranslationCard);
}

/**
 * Other words for what is being written or is selected, beside it; from a frame that cannot be entered, in the middle of the page. An
 * instruction is followed at once, '' lets the reader choose.
 */
export function rewrite(tab: Tab, gesture?: Gesture, instruction = ''): Promise<void> {
  return openCard(tab, gesture, frameOfFocus, (tabId, text, frameId) => rewriteText(tabId, text, instruction, frameId));
}

/** The panel, with a text made in the page. The reader's click there counts as a gesture in Chrome; in Firefox the panel must be open. */
export async function showInPanel(shown: ShowIntent, { tab }: Sender): Promise<void> {
  if (tab?.id === undefined || tab.windowId === undefined) return;
  const opened = openPanel(tab.windowId);
  await leaveIntent(tab.id, shown);
  await opened;
}

/** Asked for in the card: which models there are stands in the options. */
export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/** A key press says neither frame nor text: `findFrame` does. Where no card can be shown, the reader is told why. */
async function openCard(
  tab: Tab,
  gesture: Gesture | undefined,
  findFrame: (tabId: number) => Promise<number>,
  show: (tabId: number, text: string, frameId?: number) => Promise<void>,
): Promise<void> {
  const { id } = tab;
  if (id === undefined) return;
  // Why a page is closed is known later, when browsers open no panel any more. Chrome hides the address of such a page.
  const isClosed = !/^(https?|file):/.test(tab.url ?? '');
  await Promise.all([noteGesture(id), isClosed && openPanel(tab.windowId).catch(() => undefined)]);
  const { frameId, selectionText = '' } = gesture ?? { frameId: await findFrame(id) };
  try {
    await show(id, selectionText, frameId).catch(() => show(id, selectionText));
    await clearRefusal(id);
  } catch (error) {
    await tellRefusal(id, toWire(error));
  }
}

async function leave(tab: Tab, tabId: number, asked: SummarizeIntent | AskIntent, gesture: Gesture): Promise<void> {
  const selection = asked.scope === 'selection' ? await captureSelection(tab, tabId, gesture) : null;
  const intent = selection ? { ...asked, selection } : asked;
  await Promise.all([noteGesture(tabId), leaveIntent(tabId, intent)]);
}

async function captureSelection(tab: Tab, tabId: number, gesture: Gesture): Promise<Article | null> {
  try {
    return await getSelection(tabId, gesture.frameId);
  } catch {
    // A frame of another site, or a viewer: the menu event's own text is what is left. Without it the panel asks again and says why.
    return gesture.selectionText ? articleOfText(gesture.selectionText, tab.url ?? '', tab.title ?? '') : null;
  }
}
