// The seam beside LanguageModel: what translates, sentence by sentence. Types only. Knows no page, no markup and no port.
import type { LanguagePair } from '../protocol.ts';

/** A piece of a translation and the piece of the source that it says again: UTF-16 offsets, ends exclusive. */
export interface AlignedPiece {
  start: number;
  end: number;
  sourceStart: number;
  sourceEnd: number;
}

export interface SentenceTranslation {
  text: string;
  /** In the order of the translation, a piece per token; empty where the translator does not tell. */
  alignment: AlignedPiece[];
}

export interface TranslateOptions {
  /** Slower, in another way than usual: for the second try of a sentence whose translation was no good. */
  careful?: boolean;
}

export interface Translator {
  /**
   * Translates sentences, in their order; each is one sentence of plain text. Batches as suits it, and stops between two batches
   * once the signal has fired. Throws `no-such-pair`, `pack-missing`, `model-corrupt`, `load-failed`, `out-of-memory`, `aborted`.
   */
  translate(
    sentences: readonly string[],
    pair: LanguagePair,
    signal: AbortSignal,
    options?: TranslateOptions,
  ): Promise<SentenceTranslation[]>;
  /**
   * The characters (code points) of this text that the pair's models do not know and would drop without a trace. Loads what
   * `translate` would and throws as it does. A translator without this method drops none.
   */
  unknownCharacters?(text: string, pair: LanguagePair, signal: AbortSignal): Promise<ReadonlySet<string>>;
  dispose(): void;
}
