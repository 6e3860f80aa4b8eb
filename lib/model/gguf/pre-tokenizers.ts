// How text falls into words before BPE, by the name that GGUF files give it (`tokenizer.ggml.pre`): one line each.
// Names and patterns: https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp

export interface PreTokenizer {
  /** Patterns applied one after the other: each isolates its matches within the pieces of the one before. */
  patterns: string[];
  /** Words that are tokens stay whole, whatever the merges make of them. */
  ignoreMerges: boolean;
  /** Whether prompts begin with the file's begin token where the file does not say. */
  addsBeginOfText: boolean;
}

/** GPT-2's words. Here \s is Unicode's White_Space (the tokenizer library sees to it), not JavaScript's. */
const GPT2_WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const EACH_DIGIT = '\\p{N}';

/** Words of Llama 3 and of those after it, which differ in how many digits stand together. */
const wordsWithDigits = (digits: string) =>
  "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" +
  `${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;

const gpt2: PreTokenizer = { patterns: [GPT2_WORDS], ignoreMerges: false, addsBeginOfText: false };
const smollm: PreTokenizer = { patterns: [EACH_DIGIT, GPT2_WORDS], ignoreMerges: false, addsBeginOfText: false };
const llama3: PreTokenizer = {
  patterns: [wordsWithDigits('\\p{N}{1,3}')],
  ignoreMerges: true,
  addsBeginOfText: true,
};
const qwen2: PreTokenizer = { patterns: [wordsWithDigits('\\p{N}')], ignoreMerges: false, addsBeginOfText: false };

export const PRE_TOKENIZERS: ReadonlyMap<string, PreTokenizer> = new Map([
  ['gpt-2', gpt2],
  ['smollm', smollm],
  ['llama-bpe', llama3],
  ['llama-v3', llama3],
  ['llama3', llama3],
  ['qwen2', qwen2],
  ['deepseek-r1-qwen', qwen2],
]);
