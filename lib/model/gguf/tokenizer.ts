// A tokenizer from a GGUF file's metadata: text to ids as llama.cpp does it, and prompts by the model's own chat template.
import { AppError } from '../../errors.ts';
import type { Message } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { byteLevelBpe } from './byte-level-bpe.ts';
import { byteLevelBytes } from './byte-level.ts';
import { ChatTemplate } from './chat-template.ts';
import type { Metadata } from './metadata.ts';
import { PRE_TOKENIZERS } from './pre-tokenizers.ts';
import { byteOf, sentencePiece, SPACE } from './sentencepiece.ts';
import { readTokenizerData, type TokenizerData } from './tokenizer-data.ts';

export function tokenizerFromGguf(metadata: Metadata): Tokenizer {
  return createTokenizer(readTokenizerData(metadata));
}

export function createTokenizer(data: TokenizerData): Tokenizer {
  const controlTokens = new Set(data.controlTokens);
  const userDefined = new Set(data.userDefinedTokens);
  const encodeText = textEncoder(data, controlTokens);
  const controlIds = new Map(data.controlTokens.map((id) => [data.tokens[id], id]));
  const controlPattern = anyOf([...controlIds.keys()].filter((token) => token !== ''));
  let template: ChatTemplate | undefined;

  function encode(text: string): number[] {
    // UTF-8 cannot hold half a surrogate pair; it would become U+FFFD later, when the words are already cut.
    return encodeText(text.replace(/\p{Surrogate}/gu, '\u{FFFD}'));
  }

  /** Puts text behind `ids`. */
  function append(ids: number[], text: string): void {
    if (text === '') return;
    const last = ids.at(-1);
    const begins = last === undefined || controlTokens.has(last);
    for (const id of encode(data.addSpacePrefix && begins ? ` ${text}` : text)) ids.push(id);
  }

  return {
    controlTokens,
    endOfReply: new Set(data.endOfReply),
    encode,
    bytesOf(id) {
      const token = data.tokens.at(id);
      if (token === undefined || controlTokens.has(id)) return new Uint8Array();
      return (userDefined.has(id) ? undefined : tokenBytes(data, token)) ?? new TextEncoder().encode(token);
    },
    encodeChat(messages: Message[]) {
      if (!data.chatTemplate) throw new AppError('unsupported', 'a model without a chat template');
      template ??= new ChatTemplate(data.chatTemplate, { bos_token: data.bosToken, eos_token: data.eosToken });
      const ids: number[] = [];
      for (const { text, from } of template.render(messages)) {
        for (const piece of from === 'template' ? text.split(controlPattern) : [text]) {
          const control = from === 'template' ? controlIds.get(piece) : undefined;
          if (control === undefined) append(ids, piece);
          else ids.push(control);
        }
      }
      const { beginOfText } = data;
      return beginOfText === undefined || ids[0] === beginOfText ? ids : [beginOfText, ...ids];
    },
  };
}

function textEncoder(data: TokenizerData, controlTokens: ReadonlySet<number>): (text: string) => number[] {
  if (data.kind === 'sentencepiece') return sentencePiece({ ...data, controlTokens });
  const preTokenizer = PRE_TOKENIZERS.get(data.preTokenizer);
  if (!preTokenizer) throw new AppError('unsupported', `pre-tokenizer ${data.preTokenizer}`);
  return byteLevelBpe({ ...data, preTokenizer, controlTokens });
}

/** `undefined` for a token that stands for itself. */
function tokenBytes({ kind }: TokenizerData, token: string): Uint8Array | undefined {
  if (kind === 'bpe') return byteLevelBytes(token);
  const byte = byteOf(token);
  return byte === undefined ? new TextEncoder().encode(token.replaceAll(SPACE, ' ')) : Uint8Array.of(byte);
}

/** Splits at any of these strings and keeps them; the longest wins. */
function anyOf(strings: string[]): RegExp {
  const longestFirst = strings.toSorted((a, b) => b.length - a.length);
  const escaped = longestFirst.map((string) => string.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`(${escaped.join('|') || '(?!)'})`, 'u');
}
