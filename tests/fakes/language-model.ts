// A language model and an embedder that are as good as real ones to whoever calls them, and compute next to nothing.
import { AppError, throwIfAborted } from '../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import type { CatalogEntry } from '../../lib/model/catalog.ts';
import type {
  EmbeddedTokens,
  Embedder,
  GenerateOptions,
  Generated,
  LanguageModel,
  Message,
  Score,
} from '../../lib/model/language-model.ts';
import type { Metrics } from '../../lib/protocol.ts';
import { nextTurn } from './engine.ts';

export const METRICS: Metrics = {
  timeToFirstTokenMs: 1,
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  prefillTokensPerSecond: 1,
  decodeTokensPerSecond: 1,
  loadMs: 0,
  totalMs: 1,
  peakBytes: 0,
};

/** A token is a word with the space before it. */
const tokens = (text: string) => text.match(/\s*\S+/gu) ?? [];

export class FakeLanguageModel implements LanguageModel {
  readonly contextWindow: number;
  /** The prompts that it was given. */
  readonly prompts: Message[][] = [];
  disposed = false;

  /** `reply` writes the whole answer; a thrown error is thrown after the prefill. `logProb` judges each token of a scored text. */
  constructor(
    private readonly reply: (messages: Message[]) => string = () => 'The Moon makes the tides.',
    readonly entry: CatalogEntry = DEFAULT_MODEL,
    private readonly logProb: (token: string) => number = () => -1,
  ) {
    this.contextWindow = entry.contextWindow;
  }

  countTokens(text: string): number {
    return tokens(text).length;
  }

  async *generate(messages: Message[], options: GenerateOptions, signal: AbortSignal): AsyncGenerator<Generated> {
    throwIfAborted(signal);
    this.prompts.push(messages);
    const promptTokens = messages.reduce((sum, { content }) => sum + this.countTokens(content), 0);
    if (promptTokens + options.maxNewTokens > this.contextWindow) throw new AppError('input-too-long');
    yield { kind: 'prefill', done: promptTokens, total: promptTokens };
    await nextTurn();
    throwIfAborted(signal);
    const all = tokens(cutAt(this.reply(messages), options.stop ?? []));
    const written = all.slice(0, options.maxNewTokens);
    for (const text of written) {
      await nextTurn();
      throwIfAborted(signal);
      yield { kind: 'delta', text };
    }
    const metrics = { ...METRICS, promptTokens, completionTokens: written.length };
    yield { kind: 'end', finishReason: written.length < all.length ? 'length' : 'stop', metrics };
  }

  async score(
    _messages: Message[],
    reply: string,
    signal: AbortSignal,
    alternatives: { offset: number; text: string }[] = [],
  ): Promise<Score> {
    await nextTurn();
    throwIfAborted(signal);
    let end = 0;
    const scored = tokens(reply).map((token) => ({
      start: end,
      end: (end += token.length),
      logProb: this.logProb(token),
    }));
    return { tokens: scored, alternatives: alternatives.map(({ text }) => this.logProb(text)) };
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }
}

function cutAt(text: string, stops: string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

/** Texts that share words are near each other: counts of hashed words, made to length 1. */
export class FakeEmbedder implements Embedder {
  async embedTokens(texts: string[], signal: AbortSignal): Promise<EmbeddedTokens[]> {
    const words = texts.map((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    const vectors = await this.embed(words.flat(), signal);
    return words.map((own) => {
      const of = vectors.splice(0, own.length);
      return { ids: of.map((vector) => vector.findIndex((value) => value > 0)), vectors: of };
    });
  }

  async embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]> {
    await nextTurn();
    throwIfAborted(signal);
    return texts.map((text) => {
      const vector = new Float32Array(384);
      for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
        let hash = 0;
        for (const character of word) hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
        vector[hash % vector.length] += 1;
      }
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
