// The seam of *what* runs: a language model turns a prompt into text, and judges text. Types only.
import type { FinishReason, Metrics } from '../protocol.ts';
import type { ModelEntry } from './catalog.ts';

/** Content is data: it is tokenized without control tokens, so nothing in it can become a role. */
export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** All unset: greedy. Defaults per model stand in its catalog entry. */
export interface Sampling {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  /** Divides (positive) or multiplies (negative) the logits of tokens of the prompt and completion; 1 is none. */
  repetitionPenalty?: number;
  seed?: number;
}

export interface GenerateOptions {
  maxNewTokens: number;
  sampling?: Sampling;
  /** Text that the reply begins with: run as prompt, not repeated in the deltas. */
  replyPrefix?: string;
  /** Generation ends before the first of these strings. */
  stop?: string[];
}

export type Generated =
  /** Tokens of the prompt in the cache so far. */
  | { kind: 'prefill'; done: number; total: number }
  | { kind: 'delta'; text: string }
  /** Last, exactly once. */
  | { kind: 'end'; finishReason: FinishReason; metrics: Metrics };

export interface ScoredToken {
  /** UTF-16 offsets into the scored reply. */
  start: number;
  end: number;
  /** Natural logarithm of P(token | prompt, the reply before it). */
  logProb: number;
}

export interface Score {
  tokens: ScoredToken[];
  /** For each alternative asked about: log P(its first token | prompt, reply up to its offset). */
  alternatives: number[];
}

export interface LanguageModel {
  readonly entry: ModelEntry;
  /** Tokens that prompt and completion may have together. */
  readonly contextWindow: number;
  countTokens(text: string): number;
  /** Throws `input-too-long` when prompt and maxNewTokens exceed the window, `aborted`, `device-lost`, `out-of-memory`. */
  generate(messages: Message[], options: GenerateOptions, signal: AbortSignal): AsyncIterable<Generated>;
  /**
   * How likely the model finds `reply` after the prompt, in one run; `alternatives` are other continuations at offsets of `reply`.
   * Throws `unsupported` where the entry says `cannotScore`.
   */
  score(
    messages: Message[],
    reply: string,
    signal: AbortSignal,
    alternatives?: { offset: number; text: string }[],
  ): Promise<Score>;
  dispose(): Promise<void>;
}

/** Without those that begin and end every text. */
export interface EmbeddedTokens {
  ids: number[];
  /** One vector of length 1 per token. */
  vectors: Float32Array[];
}

export interface Embedder {
  /** One vector of length 1 per text; the dot product of two is their cosine. Long texts are cut at the model's 256 tokens. */
  embed(texts: string[], signal: AbortSignal): Promise<Float32Array[]>;
  /** The tokens of each text one by one, read in their context; cut as above. */
  embedTokens(texts: string[], signal: AbortSignal): Promise<EmbeddedTokens[]>;
  dispose(): Promise<void>;
}
