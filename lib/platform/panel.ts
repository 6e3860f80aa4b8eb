// Everything the side panel asks of the browser, behind one object: the panel's own code touches no browser API.
// Owns no state of the page or of a run. Every rejection is an AppError.
import type { Engine } from '../engine/engine.ts';
import type { Article, Intent, TextQuote } from '../protocol.ts';

/** The tab that the panel stands beside. */
export interface ActiveTab {
  tabId: number;
  /** '' for what the browser does not let Inkling see yet (no gesture in this tab so far). */
  url: string;
  title: string;
  favIconUrl: string;
  /** `loading` from the start of a navigation until the page has loaded. */
  status: 'loading' | 'complete';
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

export interface PanelPlatform {
  /** Runs tasks in the engine's host, starting it where needed. */
  engine: Engine;
  /**
   * The article in view, or the text selected in a frame (`frameId`, 0 is the page itself).
   * Throws `restricted-page`, `permission-needed`, `stale-page`, `no-content`.
   */
  getArticle(tabId: number, scope: 'page' | 'selection', frameId?: number): Promise<Article>;
  /** Scrolls to the quote and highlights it; false where the page no longer has it. Throws as getArticle. */
  showQuote(tabId: number, quote: TextQuote, frameId?: number): Promise<boolean>;
  /** What a menu item or shortcut asked for in that tab; null where nothing, or taken already. */
  takeIntent(tabId: number): Promise<Intent | null>;
  /** Calls back when an intent is waiting in a tab: take it with takeIntent. */
  onIntent(listener: (tabId: number) => void): Unsubscribe;
  /** Calls back now and whenever the active tab of the panel's window changes, navigates or is renamed. */
  onActiveTab(listener: (tab: ActiveTab) => void): Unsubscribe;
  /** Asks the reader to allow Inkling on the site of `url`, always. Call it in the click, before any await. */
  requestSitePermission(url: string): Promise<boolean>;
  /** The keys that open the panel, as the browser shows them; '' where the reader has unset them. */
  shortcut(): Promise<string>;
}

/** The browser, as the panel sees it. Call it once. */
export declare function panelPlatform(): PanelPlatform;
