// Translates sentences, each once in a task: from the cache, else by the translator, checked, tried a second time where it is no
// good. Knows no texts and no marks.
import { throwIfAborted } from '../../errors.ts';
import type { Translator } from '../../model/translator.ts';
import type { LanguagePair, TranslationDoubt } from '../../protocol.ts';
import type { CachedTranslation, TranslationCache } from './cache.ts';
import { doubtsOf, isIn } from './doubts.ts';
import { verbatimIn } from './patterns.ts';
import { prepare, type Prepared } from './prepared.ts';

export class SentenceTranslator {
  private readonly known = new Map<string, CachedTranslation>();

  /** Without a cache what is translated is kept by this object only. */
  constructor(
    private readonly pair: LanguagePair,
    private readonly translator: Translator,
    private readonly cache: TranslationCache | null,
    private readonly signal: AbortSignal,
  ) {}

  /** The sentence's translation once it is there. */
  get(sentence: string): CachedTranslation | undefined {
    return this.known.get(sentence);
  }

  /** Takes over what needs no translator: what the cache has, and sentences that are in the target's language already. */
  async recall(sentences: readonly string[]): Promise<void> {
    const asked = sentences.filter((sentence) => !this.known.has(sentence));
    const found = this.cache ? await this.cache.getMany(this.pair, asked) : [];
    throwIfAborted(this.signal);
    asked.forEach((sentence, index) => {
      const translation = found[index];
      if (translation) this.known.set(sentence, translation);
      else if (isIn(sentence, this.pair.to, this.pair.from)) this.known.set(sentence, asItIs(sentence, []));
    });
  }

  /** Translates one batch; afterwards each of its sentences is known. */
  async translate(sentences: readonly string[]): Promise<void> {
    const made = new Map<string, CachedTranslation>();
    const first = await this.attempt(sentences, false, made);
    const second = await this.attempt(
      first.map(({ sentence }) => sentence),
      true,
      made,
    );
    for (const { sentence, doubts } of second) made.set(sentence, asItIs(sentence, doubts));
    for (const [sentence, translation] of made) this.known.set(sentence, translation);
    this.cache?.putMany(this.pair, made);
    throwIfAborted(this.signal);
  }

  /** Adds to `made` what is good; the rest comes back with what is wrong with it. */
  private async attempt(
    sentences: readonly string[],
    careful: boolean,
    made: Map<string, CachedTranslation>,
  ): Promise<{ sentence: string; doubts: TranslationDoubt[] }[]> {
    if (sentences.length === 0) return [];
    const { pair, translator, signal } = this;
    const unknown = (await translator.unknownCharacters?.(sentences.join(' '), pair, signal)) ?? new Set<string>();
    const tasks: { sentence: string; prepared: Prepared }[] = [];
    for (const sentence of sentences) {
      const prepared = prepare(sentence, pair, unknown, careful);
      if (prepared.hasWords) tasks.push({ sentence, prepared });
      else made.set(sentence, asItIs(sentence, []));
    }
    if (tasks.length === 0) return [];
    const texts = tasks.map(({ prepared }) => prepared.text);
    const translations = await translator.translate(texts, pair, signal, careful ? { careful } : undefined);
    throwIfAborted(signal);
    const failed: { sentence: string; doubts: TranslationDoubt[] }[] = [];
    tasks.forEach(({ sentence, prepared }, index) => {
      const translation = prepared.restore(translations[index]);
      const doubts = translation ? doubtsOf(sentence, translation.text, pair) : [lostDoubt(sentence)];
      if (translation && doubts.length === 0) made.set(sentence, { ...translation, doubts: [] });
      else failed.push({ sentence, doubts });
    });
    return failed;
  }
}

/** What has not come back: stand-ins are for addresses and the like, for sums of money, and for numbers on a second try. */
function lostDoubt(sentence: string): TranslationDoubt {
  return verbatimIn(sentence).length > 0 || !/\p{Nd}/u.test(sentence) ? 'link' : 'number';
}

function asItIs(sentence: string, doubts: TranslationDoubt[]): CachedTranslation {
  return { text: sentence, alignment: [], doubts };
}
