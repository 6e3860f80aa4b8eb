// What follows from a gesture on the toolbar button, a menu item or a key: the panel opens in the same turn, and what was
// asked for waits there. The selection is captured now, because opening the panel may take it away.
import type { Browser } from 'wxt/browser';
import type { Article, ShowTranslationIntent, SummarizeIntent } from '../protocol.ts';
import { leaveIntent } from './intent.ts';
import { articleOfText, frameOfSelection, getArticle, translateSelection as showCard } from './page-access.ts';
import { openPanel } from './panel-open.ts';
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
  await Promise.all([openPanel(tab.windowId), tab.id === undefined ? undefined : leave(tab, tab.id, scope, gesture)]);
}

/** The panel, and in it the translation of the page. */
export async function translatePage(tab: Tab): Promise<void> {
  const { id } = tab;
  const left = id === undefined ? undefined : Promise.all([noteGesture(id), leaveIntent(id, { kind: 'translate' })]);
  await Promise.all([openPanel(tab.windowId), left]);
}

/**
 * The translation of the selection, beside it; from a frame that cannot be entered, in the middle of the page. A key press says
 * neither frame nor text.
 */
export async function translateSelection(tab: Tab, gesture?: Gesture): Promise<void> {
  const { id } = tab;
  if (id === undefined) return;
  await noteGesture(id);
  const { frameId, selectionText = '' } = gesture ?? { frameId: await frameOfSelection(id) };
  await showCard(id, selectionText, frameId).catch(() => showCard(id, selectionText));
}

/** The panel, with a translation made in the page. The reader's click there counts as a gesture in Chrome; in Firefox the panel must be open. */
export async function showTranslation(shown: ShowTranslationIntent, { tab }: Sender): Promise<void> {
  if (tab?.id === undefined || tab.windowId === undefined) return;
  const opened = openPanel(tab.windowId);
  await leaveIntent(tab.id, shown);
  await opened;
}

async function leave(tab: Tab, tabId: number, scope: SummarizeIntent['scope'], gesture: Gesture): Promise<void> {
  const intent: SummarizeIntent = { kind: 'summarize', scope, frameId: gesture.frameId };
  if (scope === 'selection') {
    const selection = await captureSelection(tab, tabId, gesture);
    if (selection) intent.selection = selection;
  }
  await Promise.all([noteGesture(tabId), leaveIntent(tabId, intent)]);
}

async function captureSelection(tab: Tab, tabId: number, gesture: Gesture): Promise<Article | null> {
  try {
    return await getArticle(tabId, 'selection', gesture.frameId);
  } catch {
    // A frame of another site, or a viewer: the menu event's own text is what is left. Without it the panel asks again and says why.
    return gesture.selectionText ? articleOfText(gesture.selectionText, tab.url ?? '', tab.title ?? '') : null;
  }
}
