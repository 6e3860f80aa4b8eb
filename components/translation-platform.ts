// Everything that the panel's Translation part asks of the browser and of the engine. Types only. Every rejection is an AppError.
import type { Unsubscribe } from '../lib/platform/panel.ts';
import type {
  LanguagePack,
  LanguagePair,
  PageTranslationChange,
  PageTranslationMode,
  PageTranslationOrder,
  PageTranslationState,
  SiteRule,
  TaskEvent,
} from '../lib/protocol.ts';

/** What the panel shows: the summary of the page, or its translation. */
export type PanelPart = 'summary' | 'translation';

/** What the reader chose the last time. */
export interface TranslationChoice {
  part: PanelPart;
  /** The language to read in, BCP 47. */
  to: string;
  mode: PageTranslationMode;
}

export interface TranslationPlatform {
  loadChoice(): Promise<TranslationChoice>;
  saveChoice(change: Partial<TranslationChoice>): Promise<void>;
  /** Calls back soon, and whenever the translation of that tab's page stands otherwise. */
  onPageTranslation(tabId: number, listener: (state: PageTranslationState | null) => void): Unsubscribe;
  /** BCP 47 of the page's text, '' where unknown. Throws `restricted-page`, `permission-needed`, `stale-page`. */
  detectPageLanguage(tabId: number): Promise<string>;
  /** Also while it is translated: into another language then. Throws as above, and `no-such-pair`, `pack-missing`. */
  translatePage(tabId: number, order: PageTranslationOrder): Promise<void>;
  changePageTranslation(tabId: number, change: PageTranslationChange): Promise<void>;
  /** Calls back soon with every direction that there is, and whenever one is downloaded or deleted. */
  onPacks(listener: (packs: LanguagePack[]) => void): Unsubscribe;
  deletePack(pair: LanguagePair): Promise<void>;
  /** What the pair still needs, from where an earlier download was cut. Aborting pauses it. `progress` and `done` only. */
  download(pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Plain texts; a `translation` each, then `done`. */
  translate(texts: string[], pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Of the site of `url`. */
  loadSiteRule(url: string): Promise<SiteRule>;
  saveSiteRule(url: string, rule: SiteRule): Promise<void>;
}
