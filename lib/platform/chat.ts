// What the panel's chat asks of the browser beyond what every part of the panel does. Every rejection is an AppError or is the browser's.
import { browser } from 'wxt/browser';
import { CATALOG } from '../model/catalog.ts';
import { windowHistory, type WindowHistory } from './history.ts';
import { frameOfSelection } from './page-access.ts';
import { onQuickActions } from './quick-actions.ts';
import type { QuickAction } from './settings.ts';

/** A tab beside the one in front. */
export interface OtherTab {
  tabId: number;
  url: string;
  title: string;
}

export interface OtherTabs {
  /** Web pages that Inkling may read. */
  readable: OtherTab[];
  /** So many more whose address the browser does not tell, and that the reader could allow. */
  hidden: number;
}

export interface ChatPlatform {
  history: WindowHistory;
  /** The frame in which the reader has selected something; the page itself (0) where in none. */
  frameOfSelection(tabId: number): Promise<number>;
  /** The other tabs of the panel's window, in their order. */
  otherTabs(): Promise<OtherTabs>;
  /** Asks the reader to let Inkling read every site. Call it in the click, before any await. */
  requestAllSites(): Promise<boolean>;
  /** Brings a tab of this window to the front. */
  showTab(tabId: number): Promise<void>;
  /** Opens an address in a new tab; does nothing for what is no https address. */
  openLink(url: string): Promise<void>;
  /** Calls back soon, and after each change. Returns the end of the subscription. */
  onQuickActions(listener: (actions: readonly QuickAction[]) => void): () => void;
  /** To download, for the smallest model that answers in its own words. */
  smallestComposingBytes: number;
}

const ALL_SITES = ['http://*/*', 'https://*/*'];

/** The browser, as the panel's chat sees it. Call it once. */
export function chatPlatform(): ChatPlatform {
  return {
    history: windowHistory(),
    frameOfSelection,
    async otherTabs() {
      const tabs = (await browser.tabs.query({ currentWindow: true })).filter(({ active }) => !active);
      const readable = tabs.flatMap(({ id, url = '', title = '' }) =>
        id !== undefined && /^https?:/.test(url) ? [{ tabId: id, url, title: title || url }] : [],
      );
      // With every site allowed, what is hidden still is the browser's own.
      const isAllowed = await browser.permissions.contains({ origins: ALL_SITES });
      return { readable, hidden: isAllowed ? 0 : tabs.filter(({ url }) => !url).length };
    },
    requestAllSites: () => browser.permissions.request({ origins: ALL_SITES }),
    async showTab(tabId) {
      await browser.tabs.update(tabId, { active: true });
    },
    async openLink(url) {
      if (URL.canParse(url) && new URL(url).protocol === 'https:') await browser.tabs.create({ url });
    },
    onQuickActions,
    smallestComposingBytes: Math.min(
      ...CATALOG.filter(({ methods }) => methods.chat === 'composes').map(({ weights }) => weights.bytes),
    ),
  };
}
