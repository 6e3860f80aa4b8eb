// Text to tokens by byte-level BPE, as llama.cpp does it.
import { Tokenizer as BpeTokenizer } from '@huggingface/tokenizers';
import type { PreTokenizer } from './pre-tokenizers.ts';

export interface ByteLevelBpeParts {
  tokens: string[];
  merges: string[];
  preTokenizer: PreTokenizer;
  /** Left out of the vocabulary, so that no text can yield them. */
  controlTokens: ReadonlySet<number>;
  /** Matched in text as they stand, before BPE. */
  userDefinedTokens: number[];
}

export function byteLevelBpe(parts: ByteLevelBpeParts): (text: string) => number[] {
  const { tokens, merges, preTokenizer, controlTokens, userDefinedTokens } = parts;
  const vocab: Record<string, number> = {};
  for (const [id, token] of tokens.entries()) if (!controlTokens.has(id)) vocab[token] = id;
  const splits = preTokenizer.patterns.map((pattern) => ({
    type: 'Split',
    pattern: { Regex: pattern },
    behavior: 'Isolated',
    invert: false,
  }));
  const bpe = new BpeTokenizer(
    {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: userDefinedTokens.map((id) => addedToken(id, tokens[id])),
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
      model: { type: 'BPE', vocab, merges, ignore_merges: preTokenizer.ignoreMerges },
    },
    {},
  );
  return (text) => bpe.encode(text, { add_special_tokens: false }).ids;
}

function addedToken(id: number, content: string) {
  return { id, content, special: false, normalized: false, lstrip: false, rstrip: false, single_word: false };
}
