// How text falls into words before BPE, by the name that GGUF files give it (`tokenizer.ggml.pre`): one line each.
// Names and patterns: https://github.com/ggml-org/llama.cpp/blob/master/src/llama-vocab.cpp

/** GPT-2's words. Here \s is Unicode's White_Space (the tokenizer library sees to it), not JavaScript's. */
const GPT2_WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const EACH_DIGIT = '\\p{N}';

/** Patterns applied one after the other: each isolates its matches within the pieces of the one before. */
export const PRE_TOKENIZERS: ReadonlyMap<string, string[]> = new Map([
  ['gpt-2', [GPT2_WORDS]],
  ['smollm', [EACH_DIGIT, GPT2_WORDS]],
]);
