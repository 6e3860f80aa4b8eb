// Translates the page in place, and takes it back. Whoever wires it says how text is translated; no port and no browser API
// is known here.

import type { MarkedText, Translation } from '../../protocol.ts';
import type { PageTranslationMode, PageTranslationState } from '../../requests.ts';

/**
 * Translates `texts`, answering each once by its place in `texts`, in any order. Runs up to `parallel` times at once. Once the
 * signal fires, what it still answers is ignored.
 * @throws AppError
 */
export type TranslateTexts = (
  texts: MarkedText[],
  signal: AbortSignal,
  onTranslation: (index: number, translation: Translation) => void,
) => Promise<void>;

export interface PageTranslationOptions {
  translate: TranslateTexts;
  /** BCP 47. What the page marks (`lang`) as being in it already is left alone. */
  targetLanguage: string;
  /** BCP 47. Where given, what the page marks as being in a third language is left alone, too. */
  sourceLanguage?: string;
  /** So many requests at once keep everybody busy who translates. */
  parallel: number;
  /** Also what the page says without showing it as text: its title, tooltips and the like. */
  attributes?: boolean;
  /** Go on through the whole page after what is on screen and near it. By default true. */
  all?: boolean;
  /** Called when something has changed, at most some ten times a second while translations arrive. */
  onState(state: TranslationState): void;
}

/** Between which languages is for whoever wires it to know. */
export type TranslationState = Omit<PageTranslationState, 'pair'>;

export interface PageTranslation {
  /** Begins; where it runs already, only the mode changes. */
  start(mode: PageTranslationMode): void;
  /** Shows the same translations the other way: nothing is translated again. */
  setMode(mode: PageTranslationMode): void;
  /** Translates nothing more for now; what is translated stays, and what was under way is dropped. */
  pause(): void;
  /** Goes on after `pause` or a failure. */
  resume(): void;
  /** Puts the page back as it was, but for what it changed itself meanwhile, and stops. May be started again. */
  restore(): Promise<void>;
}
