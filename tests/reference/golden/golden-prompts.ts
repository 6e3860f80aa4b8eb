// The shape of what scripts/models/golden-prompts.ts writes.
import type { Message } from '../../../lib/model/language-model.ts';

export interface GoldenPrompts {
  /** Where tokenizer and template come from. */
  source: string;
  /** The pre-tokenizer's name in GGUF files (`tokenizer.ggml.pre`). */
  pre: string;
  bos: string | null;
  eos: string;
  chatTemplate: string;
  /** Ids of control tokens, and of the others that these prompts need. */
  control: Record<string, number>;
  tokens: Record<string, number>;
  /** By rank. */
  merges: string[];
  prompts: { messages: Message[]; ids: number[] }[];
}
