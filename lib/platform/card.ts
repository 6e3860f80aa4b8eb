// Everything that the translation card in a visited page asks of the browser and of the engine. Every rejection is an AppError.
import { browser } from 'wxt/browser';
import { CATALOGUE, downloadBytes, route } from '../model/packs/catalogue.ts';
import type { LanguagePair, TaskEvent } from '../protocol.ts';
import type { TranslatingModel } from '../requests.ts';
import { primarySubtag } from '../tasks/stop-words.ts';
import { detectLanguage } from './detect-language.ts';
import { send } from './messaging.ts';
import { otherLanguage, readingLanguage } from './reading-language.ts';
import { loadSettings, saveSettings } from './settings.ts';
import { runDownload, runTranslation } from './translate-texts.ts';
import { translatingModel, translatingModelBytes } from './translating-model.ts';

export interface CardPlatform {
  /** BCP 47, '' where the text does not tell. */
  detectLanguage(text: string): Promise<string>;
  /** The language to translate into: the reader's own, another one for text in that. */
  targetFor(from: string): Promise<string>;
  saveTarget(to: string): Promise<void>;
  /** All that language packs translate from or into. */
  languages: readonly string[];
  /** What translates for want of a pack, null where nothing does. */
  translatingModel(): Promise<TranslatingModel | null>;
  /** To download, for the smallest model that would translate the pair; null where none would. */
  modelBytes(pair: LanguagePair): number | null;
  /** Where models are chosen. */
  openOptions(): Promise<void>;
  /** At most so much is to be downloaded for a pair; what is here already is not known here. Throws `no-such-pair`. */
  downloadBytes(pair: LanguagePair): number;
  /** Plain texts; a `translation` each, then `done`. */
  translate(texts: string[], pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** From where an earlier download was cut. Aborting pauses it. */
  download(pair: LanguagePair, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** Opens the panel, and shows a translation there. Call it in the click, before any await. */
  openInPanel(original: string, translation: string, pair: LanguagePair): Promise<void>;
}

/** The browser, as the translation card sees it. */
export function cardPlatform(): CardPlatform {
  return {
    detectLanguage,
    async targetFor(from) {
      const to = readingLanguage(await loadSettings());
      return primarySubtag(to) === primarySubtag(from) ? otherLanguage(from) : to;
    },
    saveTarget: (to) => saveSettings({ translateTo: to }),
    languages: [...new Set([...CATALOGUE.values()].flatMap(({ pair }) => [pair.from, pair.to]))],
    translatingModel,
    modelBytes: translatingModelBytes,
    openOptions: () => send('openOptions'),
    downloadBytes: (pair) =>
      route(pair).reduce((sum, { from, to }) => sum + downloadBytes(CATALOGUE.get(`${from}-${to}`)!), 0),
    translate: (texts, pair, signal) =>
      runTranslation(
        pair,
        texts.map((text) => ({ text, marks: [] })),
        signal,
      ),
    download: runDownload,
    openInPanel: (original, translation, pair) =>
      send('showInPanel', { kind: 'translation', original, text: translation, pair }),
  };
}

/** The browser's language for a card's own words. */
export function cardLanguage(): string {
  return browser.i18n.getUILanguage();
}
