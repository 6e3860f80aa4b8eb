// Everything that the panel's translation part asks of the browser and of the engine. Every rejection is an AppError.
import { browser } from 'wxt/browser';
import { connect } from '../engine/port.ts';
import { canTranslate } from '../model/browser-translator.ts';
import { onChanged } from '../model/download/changes.ts';
import { MODELS_CHANNEL } from '../model/hub/model-store.ts';
import type { LanguagePack, LanguagePair, TaskEvent, TranslateTask } from '../protocol.ts';
import type {
  PageTranslationChange,
  PageTranslationMode,
  PageTranslationOrder,
  PageTranslationState,
  SiteRule,
  TranslatingModel,
} from '../requests.ts';
import { openEnginePort } from './engine-port.ts';
import { handle } from './messaging.ts';
import { onModelSettings } from './model-settings.ts';
import { changePageTranslation, detectPageLanguage, readPageTranslation, translatePage } from './page-access.ts';
import { deletePack, onPacks } from './packs.ts';
import type { Unsubscribe } from './panel.ts';
import { readingLanguage } from './reading-language.ts';
import { loadSettings, saveSettings } from './settings.ts';
import type { PanelPart, TranslateBy } from './settings.ts';
import { loadSiteRule, saveSiteRule } from './site-rules.ts';
import { parallelTranslations } from '../engine/parallel-translations.ts';
import { translateTask } from './translate-task.ts';
import { translatingModel, translatingModelBytes } from './translating-model.ts';

/** What the reader chose the last time. */
export interface TranslationChoice {
  part: PanelPart;
  /** Absent: Inkling's own models. */
  by?: TranslateBy;
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
  /** Also while it is translated: into another language then. Throws as above. */
  translatePage(tabId: number, order: PageTranslationOrder): Promise<void>;
  changePageTranslation(tabId: number, change: PageTranslationChange): Promise<void>;
  /** Calls back soon with every direction that there is, and whenever one is downloaded or deleted. */
  onPacks(listener: (packs: LanguagePack[]) => void): Unsubscribe;
  deletePack(pair: LanguagePair): Promise<void>;
  /** Calls back soon, and whenever the reader chooses otherwise: what translates for want of a pack, null where nothing does. */
  onTranslatingModel(listener: (model: TranslatingModel | null) => void): Unsubscribe;
  /** To download, for the smallest model that would translate the pair; null where none would. */
  modelBytes(pair: LanguagePair): number | null;
  /** Where models are chosen. */
  openOptions(): Promise<void>;
  /** Whether the browser itself can translate the pair, with what it has. */
  browserCanTranslate(pair: LanguagePair): Promise<boolean>;
  /** What the pair still needs, from where an earlier download was cut. Aborting pauses it. `progress` and `done` only. */
  download(pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /**
   * Loads what translating a page of the pair will need, so that it begins at once; null, where the pair is not known yet, what every
   * pair needs. Fails silently: translating will say why.
   */
  prepare(pair: LanguagePair | null): void;
  /** Plain texts; a `translation` each, then `done`. */
  translate(texts: string[], pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Of the site of `url`. */
  loadSiteRule(url: string): Promise<SiteRule>;
  /** Call it in the click, before any await. Throws `permission-needed`. */
  saveSiteRule(url: string, rule: SiteRule): Promise<void>;
}

/** The browser, as the panel's translation part sees it. Call it once. */
export function translationPlatform(): TranslationPlatform {
  const engine = connect(openEnginePort);
  const listeners = new Set<(tabId: number, state: PageTranslationState | null) => void>();
  handle('panel', {
    pageTranslationChanged(state, { tab }) {
      if (tab?.id === undefined) return;
      for (const listener of listeners) listener(tab.id, state);
    },
  });
  return {
    async loadChoice() {
      const settings = await loadSettings();
      return {
        part: settings.panelPart,
        by: settings.translateBy,
        to: readingLanguage(settings),
        mode: settings.translationMode,
      };
    },
    saveChoice: ({ part, by, to, mode }) =>
      saveSettings({
        ...(by && { translateBy: by }),
        ...(part && { panelPart: part }),
        ...(to && { translateTo: to }),
        ...(mode && { translationMode: mode }),
      }),
    onPageTranslation(tabId, listener) {
      const own = (from: number, state: PageTranslationState | null) => {
        if (from === tabId) listener(state);
      };
      listeners.add(own);
      void readPageTranslation(tabId).then((state) => {
        if (listeners.has(own)) listener(state);
      });
      return () => listeners.delete(own);
    },
    detectPageLanguage,
    translatePage,
    changePageTranslation,
    onPacks,
    deletePack,
    onTranslatingModel(listener) {
      const report = () => void translatingModel().then(listener);
      const ends = [onModelSettings(report), onChanged(MODELS_CHANNEL, report)];
      return () => ends.forEach((end) => end());
    },
    modelBytes: translatingModelBytes,
    openOptions: () => browser.runtime.openOptionsPage(),
    browserCanTranslate: (pair) => canTranslate(pair),
    download: (pair, signal) => engine.run({ kind: 'download', pair, mirror: '' }, signal),
    prepare(pair) {
      // One for each worker that a page keeps busy. Not remembered, or the next time nothing would be loaded.
      const texts = pair ? WARM_UP : [];
      const task: TranslateTask = { kind: 'translate', pair: pair ?? ANY_PAIR, texts, remember: false };
      const { signal } = new AbortController();
      for (let worker = 0; worker < parallelTranslations(); worker++) void run(engine.run(task, signal));
    },
    async *translate(texts, pair, signal) {
      const marked = texts.map((text) => ({ text, marks: [] }));
      yield* engine.run(translateTask(pair, marked, !(await isPrivate()), await loadSettings()), signal);
    },
    loadSiteRule,
    saveSiteRule,
  };
}

/** A batch, as the sentences of a page come: one or two take another way. */
const WARM_UP = ['One.', 'Two.', 'Three.'].map((text) => ({ text, marks: [] }));

/** Where there is nothing to translate, it is not looked at. */
const ANY_PAIR: LanguagePair = { from: 'en', to: 'en' };

async function run(events: AsyncIterable<TaskEvent>): Promise<void> {
  try {
    for await (const event of events) if (event.kind === 'done') return;
  } catch {
    // Said when the reader asks for a translation.
  }
}

/** Of this page's window. */
async function isPrivate(): Promise<boolean> {
  return (await browser.windows.getCurrent()).incognito;
}
