// A tokenizer from a GGUF file's metadata: byte-level BPE as llama.cpp does it, and the model's chat template.
import { Tokenizer as BpeTokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../errors.ts';
import type { Message } from '../language-model.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { byteLevelBytes } from './byte-level.ts';
import { ChatTemplate } from './chat-template.ts';
import type { Metadata } from './metadata.ts';
import { PRE_TOKENIZERS } from './pre-tokenizers.ts';

/** What a tokenizer is made of, as plain JSON: kept with a packed decoder, so that the GGUF is not needed again. */
export interface TokenizerData {
  tokens: string[];
  merges: string[];
  preTokenizer: string;
  controlTokens: number[];
  /** Matched in text as they stand, before BPE. */
  userDefinedTokens: number[];
  endOfReply: number[];
  /** Put before a prompt that does not begin with it. */
  beginOfText: number | undefined;
  bosToken: string;
  eosToken: string;
  chatTemplate: string;
}

/** llama.cpp's token types. */
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;
/** Control tokens that end a reply in one family or another, whatever the file's own end token is. */
const END_TOKENS = ['<|endoftext|>', '<|im_end|>', '<|eot_id|>', '<|end_of_text|>', '<|end|>', '<end_of_turn>', '</s>'];

/** Throws `model-corrupt` for missing parts, `unsupported` for a kind of tokenizer that we do not know. */
export function readTokenizerData(metadata: Metadata): TokenizerData {
  const model = metadata.string('tokenizer.ggml.model');
  if (model !== 'gpt2') throw new AppError('unsupported', `tokenizer ${model}`);
  const preTokenizer = metadata.string('tokenizer.ggml.pre', 'gpt-2');
  if (!PRE_TOKENIZERS.has(preTokenizer)) throw new AppError('unsupported', `pre-tokenizer ${preTokenizer}`);
  const tokens = metadata.strings('tokenizer.ggml.tokens');
  const types = metadata.numbers('tokenizer.ggml.token_type');
  const ofType = (...wanted: number[]) => [...tokens.keys()].filter((id) => wanted.includes(types[id]));
  const controlTokens = ofType(UNKNOWN, CONTROL);
  const bos = metadata.number('tokenizer.ggml.bos_token_id', -1);
  const eos = metadata.number('tokenizer.ggml.eos_token_id');
  const endOfReply = new Set([eos, ...controlTokens.filter((id) => END_TOKENS.includes(tokens[id]))]);
  if (metadata.has('tokenizer.ggml.eot_token_id')) endOfReply.add(metadata.number('tokenizer.ggml.eot_token_id'));
  return {
    tokens,
    merges: metadata.strings('tokenizer.ggml.merges'),
    preTokenizer,
    controlTokens,
    userDefinedTokens: ofType(USER_DEFINED),
    endOfReply: [...endOfReply],
    beginOfText: metadata.boolean('tokenizer.ggml.add_bos_token', false) && bos >= 0 ? bos : undefined,
    bosToken: tokens[bos] ?? '',
    eosToken: tokens[eos] ?? '',
    chatTemplate: metadata.string('tokenizer.chat_template', ''),
  };
}

export function tokenizerFromGguf(metadata: Metadata): Tokenizer {
  return createTokenizer(readTokenizerData(metadata));
}

export function createTokenizer(data: TokenizerData): Tokenizer {
  const controlTokens = new Set(data.controlTokens);
  const userDefined = new Set(data.userDefinedTokens);
  const bpe = byteLevelBpe(data, controlTokens);
  const controlIds = new Map(data.controlTokens.map((id) => [data.tokens[id], id]));
  const controlPattern = anyOf([...controlIds.keys()]);
  let template: ChatTemplate | undefined;

  function encode(text: string): number[] {
    // UTF-8 cannot hold half a surrogate pair; it would become U+FFFD later, when the words are already cut.
    const wellFormed = text.replace(/\p{Surrogate}/gu, '\u{FFFD}');
    return bpe.encode(wellFormed, { add_special_tokens: false }).ids;
  }

  function encodeTemplateText(text: string): number[] {
    return text.split(controlPattern).flatMap((piece) => {
      const control = controlIds.get(piece);
      return control === undefined ? encode(piece) : [control];
    });
  }

  return {
    controlTokens,
    endOfReply: new Set(data.endOfReply),
    encode,
    bytesOf(id) {
      const token = data.tokens.at(id);
      if (token === undefined || controlTokens.has(id)) return new Uint8Array();
      return (userDefined.has(id) ? undefined : byteLevelBytes(token)) ?? new TextEncoder().encode(token);
    },
    encodeChat(messages: Message[]) {
      if (!data.chatTemplate) throw new AppError('unsupported', 'a model without a chat template');
      template ??= new ChatTemplate(data.chatTemplate, { bos_token: data.bosToken, eos_token: data.eosToken });
      const ids = template
        .render(messages)
        .flatMap(({ text, from }) => (from === 'template' ? encodeTemplateText(text) : encode(text)));
      const { beginOfText } = data;
      return beginOfText === undefined || ids[0] === beginOfText ? ids : [beginOfText, ...ids];
    },
  };
}

/** Control tokens are left out of the vocabulary, so that no text can yield them. */
function byteLevelBpe(data: TokenizerData, controlTokens: ReadonlySet<number>): BpeTokenizer {
  const vocab: Record<string, number> = {};
  for (const [id, token] of data.tokens.entries()) if (!controlTokens.has(id)) vocab[token] = id;
  const splits = (PRE_TOKENIZERS.get(data.preTokenizer) ?? []).map((pattern) => ({
    type: 'Split',
    pattern: { Regex: pattern },
    behavior: 'Isolated',
    invert: false,
  }));
  return new BpeTokenizer(
    {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: data.userDefinedTokens.map((id) => addedToken(id, data.tokens[id])),
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          ...splits,
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
      },
      post_processor: null,
      decoder: null,
      model: { type: 'BPE', vocab, merges: data.merges },
    },
    {},
  );
}

function addedToken(id: number, content: string) {
  return { id, content, special: false, normalized: false, lstrip: false, rstrip: false, single_word: false };
}

/** Splits at any of these strings and keeps them; the longest wins. */
function anyOf(strings: string[]): RegExp {
  const longestFirst = strings.toSorted((a, b) => b.length - a.length);
  const escaped = longestFirst.map((string) => string.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`(${escaped.join('|') || '(?!)'})`, 'u');
}
