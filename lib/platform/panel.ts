// Everything the side panel asks of the browser, behind one object: the panel's own code touches no browser API.
// Owns no state of the page or of a run. Every rejection is an AppError.
import { browser } from 'wxt/browser';
import { NO_CRASHES } from '../engine/crash-breaker.ts';
import type { JobEngine } from '../engine/engine.ts';
import { connectJob } from '../engine/port.ts';
import { answerFirst } from '../engine/first-answer.ts';
import type { ModelChoice, ModelSettings } from '../engine/model-settings.ts';
import { hostOf } from '../model/openai/server.ts';
import type { Article, TextQuote } from '../article.ts';
import type { ChatTurn, ModelTask } from '../protocol.ts';
import type { Intent } from '../requests.ts';
import { Documents } from './documents.ts';
import type { OpenDocument } from './documents.ts';
import { openEnginePort } from './engine-port.ts';
import { onIntent } from './intent.ts';
import { send } from './messaging.ts';
import { onModelSettings } from './model-settings.ts';
import { standBy } from './page-access.ts';
import { requestSitePermission } from './permissions.ts';
import { readAhead } from './read-ahead.ts';
import { reusingResults } from './result-use.ts';
import { loadSettings, saveSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { changeShortcuts, readShortcuts } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';
import { onActiveTab } from './tabs.ts';
import type { ActiveTab } from './tabs.ts';

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface PanelPlatform {
  /**
   * Runs tasks about a tab in the engine's host, starting it where needed; the key sentences come first, from here.
   * A tab has one job at most: it goes on when the panel closes, and `attach` gives it back with all that it has said.
   */
  engine(tabId: number): JobEngine;
  /**
   * The article in view (a page, a PDF, a transcript, or the file that is open in place of it), or the text selected in a frame
   * (`frameId`, 0 is the page itself).
   * Throws `restricted-page`, `permission-needed`, `stale-page`, `no-content`, `transcript-closed`, `pdf-*`.
   */
  getArticle(tabId: number, scope: 'page' | 'selection', frameId?: number): Promise<Article>;
  /**
   * Has the tab's page (`page`, where it is being read already) read ahead of the next question, where models of this machine answer
   * and there is power for it. Resolves when that is done or given up; gives way to all other work.
   */
  readAhead(tabId: number, page: Promise<Article> | null, history: ChatTurn[], signal: AbortSignal): Promise<void>;
  /** Makes reading the page in front quick, where it may be read at all. Reads nothing. */
  standBy(tabId: number): Promise<void>;
  /** Scrolls to the quote and highlights it, opens the PDF's page, seeks the video; false where the page no longer has it. Throws as getArticle. */
  showQuote(tabId: number, quote: TextQuote, frameId?: number): Promise<boolean>;
  /** Reads a PDF file in place of what the tab shows, until it is closed. Why it cannot is said by getArticle. */
  openFile(tabId: number, file: File): void;
  closeFile(tabId: number): void;
  /** Calls back whenever the PDF that is read for a tab changes, is read further, or closed (null). */
  onDocument(listener: (tabId: number, document: OpenDocument | null) => void): Unsubscribe;
  /** What a menu item or shortcut asked for in that tab; null where nothing, or taken already. */
  takeIntent(tabId: number): Promise<Intent | null>;
  /** Calls back when an intent is waiting in a tab: take it with takeIntent. */
  onIntent(listener: (tabId: number) => void): Unsubscribe;
  /** Calls back soon, and whenever the active tab of the panel's window changes, navigates or is renamed. */
  onActiveTab(listener: (tab: ActiveTab) => void): Unsubscribe;
  /** Asks the reader to allow Inkling on the site of `url`, always. Call it in the click, before any await. */
  requestSitePermission(url: string): Promise<boolean>;
  /** Lets a model load again that is off because it has crashed too often. */
  forgetCrashes(): Promise<void>;
  /** The reader's choices from the last time. */
  loadSettings(): Promise<Settings>;
  saveSettings(change: Partial<Settings>): Promise<void>;
  /** The keys as the browser has them now. */
  shortcuts(): Promise<Shortcut[]>;
  /** Brings the browser's own page for them to the front. */
  changeShortcuts(): Promise<void>;
  /** Calls back soon, and whenever the reader chooses otherwise: where the text of each kind of task goes. */
  onTextGoesTo(listener: (hosts: TextHosts) => void): Unsubscribe;
  openOptions(): Promise<void>;
}

/** Where the text of a task goes, as a reader writes it; '' where it stays on this machine. */
export type TextHosts = Record<ModelTask['kind'], string>;

export const NOWHERE: TextHosts = { summarize: '', chat: '', rewrite: '' };

/** The browser, as the panel sees it. Call it once. */
export function panelPlatform(): PanelPlatform {
  const documents = new Documents();
  return {
    engine: (tabId) => answerFirst(reusingResults(connectJob(openEnginePort, tabId))),
    readAhead,
    standBy,
    getArticle: (...of) => documents.getArticle(...of),
    showQuote: (...of) => documents.showQuote(...of),
    openFile: (tabId, file) => documents.openFile(tabId, file),
    closeFile: (tabId) => documents.close(tabId),
    onDocument: (listener) => documents.onDocument(listener),
    takeIntent: (tabId) => send('takeIntent', tabId),
    onIntent,
    onActiveTab,
    requestSitePermission,
    forgetCrashes: () => send('writeCrashRecord', NO_CRASHES),
    loadSettings,
    saveSettings,
    shortcuts: readShortcuts,
    changeShortcuts,
    onTextGoesTo: (listener) => onModelSettings((settings) => listener(textHosts(settings))),
    openOptions: () => browser.runtime.openOptionsPage(),
  };
}

function textHosts({ choices, servers }: ModelSettings): TextHosts {
  const hostFor = (choice: ModelChoice) =>
    servers
      .filter(({ id }) => choice === 'servers' || id === choice)
      .map(hostOf)
      .join(', ');
  return { summarize: hostFor(choices.summarize), chat: hostFor(choices.chat), rewrite: hostFor(choices.rewrite) };
}
