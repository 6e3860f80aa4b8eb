// What has been translated already, sentence by sentence. Knows no page and no model; one that lasts implements the same interface.
import type { SentenceTranslation } from '../../model/translator.ts';
import type { LanguagePair, TranslationDoubt } from '../../protocol.ts';

/** A sentence as it stands in the result; with doubts where none was good, and then `text` is the sentence itself. */
export interface CachedTranslation extends SentenceTranslation {
  doubts: TranslationDoubt[];
}

/** Never fails: a cache that cannot read has nothing, and one that cannot write keeps nothing. */
export interface TranslationCache {
  /** In the order of `sentences`; undefined for those that it does not have. */
  getMany(pair: LanguagePair, sentences: readonly string[]): Promise<(CachedTranslation | undefined)[]>;
  /** Keeps translations by the sentence that they translate, for good only after a while: nobody should have to wait for that. */
  putMany(pair: LanguagePair, translations: ReadonlyMap<string, CachedTranslation>): void;
}

/** Characters of sentences and translations: with alignments about 20 MB. */
const CAPACITY_CHARACTERS = 1_000_000;

/** Forgets what was longest unused, once it holds more than `capacityCharacters`. */
export class MemoryCache implements TranslationCache {
  /** In the order of last use. */
  private readonly kept = new Map<string, CachedTranslation>();
  private characters = 0;

  constructor(private readonly capacityCharacters = CAPACITY_CHARACTERS) {}

  getMany(pair: LanguagePair, sentences: readonly string[]): Promise<(CachedTranslation | undefined)[]> {
    return Promise.resolve(
      sentences.map((sentence) => {
        const key = keyOf(pair, sentence);
        const found = this.kept.get(key);
        if (!found) return undefined;
        this.kept.delete(key);
        this.kept.set(key, found);
        return found;
      }),
    );
  }

  putMany(pair: LanguagePair, translations: ReadonlyMap<string, CachedTranslation>): void {
    for (const [sentence, translation] of translations) {
      const key = keyOf(pair, sentence);
      this.forget(key);
      this.kept.set(key, translation);
      this.characters += sizeOf(key, translation);
    }
    for (const key of this.kept.keys()) {
      if (this.characters <= this.capacityCharacters) break;
      this.forget(key);
    }
  }

  private forget(key: string): void {
    const found = this.kept.get(key);
    if (!found) return;
    this.kept.delete(key);
    this.characters -= sizeOf(key, found);
  }
}

/** Tags hold no space, so no two pairs and sentences share a key. */
function keyOf({ from, to }: LanguagePair, sentence: string): string {
  return `${from} ${to} ${sentence}`;
}

function sizeOf(key: string, { text }: CachedTranslation): number {
  return key.length + text.length;
}
