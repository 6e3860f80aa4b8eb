// Translates the page in place, and takes it back. Whoever wires it says how text is translated; no port and no browser API
// is known here.

import type { WireError } from '../../errors.ts';
import type { MarkedText, Translation } from '../../protocol.ts';

/** bilingual: each paragraph followed by its translation. replace: the translation stands in the place of the text. */
export type TranslationMode = 'bilingual' | 'replace';

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
  /** Go on through the whole page after what is on screen and near it. By default true. */
  all?: boolean;
  /** Called when something has changed, at most some ten times a second while translations arrive. */
  onState(state: PageTranslationState): void;
}

/** Plain JSON. */
export interface PageTranslationState {
  /** watching: all that is known is translated; new content will be. failed: stopped at `error` until `resume`. */
  phase: 'translating' | 'watching' | 'paused' | 'failed';
  mode: TranslationMode;
  /** Characters of the page's text that are translated, and that are known to be translated so far. */
  doneCharacters: number;
  totalCharacters: number;
  /** From the measured speed; absent while unknown and when there is nothing to wait for. */
  remainingMs?: number;
  /** Sentences left in the original because no translation of them was good enough. */
  kept: number;
  error?: WireError;
}

export interface PageTranslation {
  /** Begins; where it runs already, only the mode changes. */
  start(mode: TranslationMode): void;
  /** Shows the same translations the other way: nothing is translated again. */
  setMode(mode: TranslationMode): void;
  /** Translates nothing more for now; what is translated stays, and what was under way is dropped. */
  pause(): void;
  /** Goes on after `pause` or a failure. */
  resume(): void;
  /** Puts the page back as it was, but for what it changed itself meanwhile, and stops. May be started again. */
  restore(): Promise<void>;
}
