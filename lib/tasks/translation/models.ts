// What translating needs of other layers. Types only: the task never knows how a translator is loaded, nor where the cache is.
import type { Translator } from '../../model/translator.ts';
import type { TranslationCache } from './cache.ts';

export interface TranslationModels {
  translator: Translator;
  cache: TranslationCache;
  /** Sentences for one call of the translator, at most; absent: as many as suit one that takes them in batches. */
  batchSentences?: number;
}
