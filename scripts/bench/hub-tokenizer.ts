// The tokenizer of the default model as the hub lays it out (tokenizer.json and tokenizer_config.json), made from the GGUF.
import type { Metadata } from '../../lib/model/gguf/metadata.ts';
import { readTokenizerData } from '../../lib/model/gguf/tokenizer-data.ts';

export function hubTokenizer(metadata: Metadata): { tokenizer: unknown; tokenizerConfig: unknown } {
  const data = readTokenizerData(metadata);
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: data.controlTokens.map((id) => ({
        id,
        content: data.tokens[id],
        special: true,
        normalized: false,
        lstrip: false,
        rstrip: false,
        single_word: false,
      })),
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Digits', individual_digits: true },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
        ],
      },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        vocab: Object.fromEntries(data.tokens.map((token, id) => [token, id])),
        merges: data.merges,
      },
    },
    tokenizerConfig: {
      tokenizer_class: 'GPT2Tokenizer',
      bos_token: data.bosToken,
      eos_token: data.eosToken,
      chat_template: data.chatTemplate,
      model_max_length: 8192,
      clean_up_tokenization_spaces: false,
    },
  };
}
