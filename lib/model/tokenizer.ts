// The seam of tokens: text to ids and back. Types only; lib/model/gguf/tokenizer.ts makes one from a GGUF file.
import type { Message } from './language-model.ts';

export interface Tokenizer {
  /** Ids of plain text. What looks like a control token is ordinary text here: it never yields a control token's id. */
  encode(text: string): number[];
  /** UTF-8 bytes of one token ('' for control tokens): concatenated over tokens they are the text. */
  bytesOf(id: number): Uint8Array;
  /** Ids of a whole prompt by the model's own chat template, ending where the assistant's reply begins. */
  encodeChat(messages: Message[]): number[];
  /** Tokens that end a reply. */
  readonly endOfReply: ReadonlySet<number>;
  readonly controlTokens: ReadonlySet<number>;
}
