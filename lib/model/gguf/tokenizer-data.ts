// What a tokenizer is made of, read from a GGUF file's metadata and checked: plain JSON, kept with a converted model.
import { AppError } from '../../errors.ts';
import { ChatTemplate } from './chat-template.ts';
import type { Metadata } from './metadata.ts';
import { PRE_TOKENIZERS } from './pre-tokenizers.ts';

export interface TokenizerData {
  /** Byte-level BPE, by merges; or SentencePiece's, by scores. */
  kind: 'bpe' | 'sentencepiece';
  tokens: string[];
  /** BPE only. */
  merges: string[];
  /** BPE only: a name of `PRE_TOKENIZERS`. */
  preTokenizer: string;
  /** SentencePiece only: one per token. */
  scores: number[];
  /** SentencePiece only: whether a space is put before text that follows a control token. */
  addSpacePrefix: boolean;
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
const UNUSED = 5;

/** What ends a reply in one family or another, whatever the file's own end token is and however it is typed. */
const END_TOKENS = new Set([
  '<|endoftext|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|eom_id|>',
  '<|end_of_text|>',
  '<|end|>',
  '<end_of_turn>',
  '<eos>',
]);

/** Throws `model-corrupt` for missing or uneven parts, `unsupported` for a kind of tokenizer that we do not know. */
export function readTokenizerData(metadata: Metadata): TokenizerData {
  const model = metadata.string('tokenizer.ggml.model');
  if (model !== 'gpt2' && model !== 'llama') throw new AppError('unsupported', `tokenizer ${model}`);
  const preTokenizer = model === 'gpt2' ? metadata.string('tokenizer.ggml.pre', 'gpt-2') : '';
  const words = PRE_TOKENIZERS.get(preTokenizer);
  if (model === 'gpt2' && !words) throw new AppError('unsupported', `pre-tokenizer ${preTokenizer}`);
  const tokens = metadata.strings('tokenizer.ggml.tokens');
  const scores = model === 'llama' ? metadata.numbers('tokenizer.ggml.scores') : [];
  const types = metadata.numbers('tokenizer.ggml.token_type');
  if (types.length !== tokens.length || (model === 'llama' && scores.length !== tokens.length)) {
    throw new AppError(
      'model-corrupt',
      `GGUF: ${tokens.length} tokens, ${types.length} types, ${scores.length} scores`,
    );
  }
  const id = (name: string) => tokenId(metadata, `tokenizer.ggml.${name}_token_id`, tokens.length);
  const bos = id('bos');
  const eos = id('eos');
  const ofType = (...wanted: number[]) => [...tokens.keys()].filter((each) => wanted.includes(types[each]));
  const ends = ofType(CONTROL, USER_DEFINED).filter((each) => END_TOKENS.has(tokens[each]));
  const controlTokens = new Set([...ofType(UNKNOWN, CONTROL, UNUSED), ...ends]);
  const addsBos = metadata.boolean('tokenizer.ggml.add_bos_token', words?.addsBeginOfText ?? true);
  return {
    kind: model === 'gpt2' ? 'bpe' : 'sentencepiece',
    tokens,
    merges: model === 'gpt2' ? metadata.strings('tokenizer.ggml.merges') : [],
    preTokenizer,
    scores,
    addSpacePrefix: model === 'llama' && metadata.boolean('tokenizer.ggml.add_space_prefix', true),
    controlTokens: [...controlTokens].sort((a, b) => a - b),
    userDefinedTokens: ofType(USER_DEFINED).filter((each) => !controlTokens.has(each)),
    endOfReply: [...new Set([eos, id('eot'), id('eom'), ...ends])].filter((each) => each !== undefined),
    beginOfText: addsBos ? bos : undefined,
    bosToken: bos === undefined ? '' : tokens[bos],
    eosToken: eos === undefined ? '' : tokens[eos],
    chatTemplate: metadata.string('tokenizer.chat_template', ''),
  };
}

/** Throws what making the tokenizer and its first prompt would throw: `model-corrupt`, `unsupported`. */
export function checkTokenizer(metadata: Metadata): void {
  const { chatTemplate, bosToken, eosToken } = readTokenizerData(metadata);
  if (!chatTemplate) throw new AppError('unsupported', 'a model without a chat template');
  const template = new ChatTemplate(chatTemplate, { bos_token: bosToken, eos_token: eosToken });
  template.render([{ role: 'user', content: 'a' }]);
}

function tokenId(metadata: Metadata, key: string, tokens: number): number | undefined {
  if (!metadata.has(key)) return undefined;
  const id = metadata.number(key);
  if (!(Number.isInteger(id) && id >= 0 && id < tokens)) throw new AppError('model-corrupt', `GGUF: ${key} is ${id}`);
  return id;
}
