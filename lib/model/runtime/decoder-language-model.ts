// The LanguageModel over a decoder on ONNX Runtime: one request at a time, on one KV cache.
import type { CatalogEntry } from '../catalog.ts';
import type { Generated, GenerateOptions, LanguageModel, Message, Score } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';
import type { CachedDecoder } from './cached-decoder.ts';
import { generate } from './generate.ts';
import { score } from './score.ts';
import { opensThought, withoutThoughts } from './without-thoughts.ts';

export interface DecoderParts {
  entry: CatalogEntry;
  decoder: CachedDecoder;
  tokenizer: Tokenizer;
  loadMs: number;
}

export class DecoderLanguageModel implements LanguageModel {
  readonly entry: CatalogEntry;
  readonly contextWindow: number;
  readonly #parts: DecoderParts;
  #busy: Promise<void> = Promise.resolve();

  constructor(parts: DecoderParts) {
    this.entry = parts.entry;
    this.#parts = parts;
    this.contextWindow = parts.decoder.session.maxPositions;
  }

  countTokens(text: string): number {
    return this.#parts.tokenizer.encode(text).length;
  }

  async *generate(messages: Message[], options: GenerateOptions, signal: AbortSignal): AsyncGenerator<Generated> {
    const release = await this.#acquire();
    try {
      const { tokenizer, decoder, loadMs } = this.#parts;
      const prompt = [...tokenizer.encodeChat(messages), ...tokenizer.encode(options.replyPrefix ?? '')];
      const run = { decoder, tokenizer, prompt, options, contextWindow: this.contextWindow, loadMs };
      yield* withoutThoughts(generate(run, signal), opensThought(prompt, tokenizer));
    } finally {
      release();
    }
  }

  async score(
    messages: Message[],
    reply: string,
    signal: AbortSignal,
    alternatives: { offset: number; text: string }[] = [],
  ): Promise<Score> {
    const release = await this.#acquire();
    try {
      const { tokenizer, decoder } = this.#parts;
      const prompt = tokenizer.encodeChat(messages);
      return await score(
        decoder,
        tokenizer,
        { prompt, reply, alternatives, contextWindow: this.contextWindow },
        signal,
      );
    } finally {
      release();
    }
  }

  async dispose(): Promise<void> {
    const release = await this.#acquire();
    this.#parts.decoder.dispose();
    release();
  }

  /** Waits for the request before; a session must not run twice at once. The promise never rejects. */
  async #acquire(): Promise<() => void> {
    const before = this.#busy;
    let release: VoidFunction = () => undefined;
    this.#busy = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }
}
