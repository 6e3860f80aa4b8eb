// Whole prompts of the catalogue's families, as their own tokenizers and chat templates make them: the ids must stay these
// (scripts/models/golden-prompts.ts writes them). Qwen 2.5 and Qwen 3 share one vocabulary, Llama 3.1 and 3.2 another.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import type { GoldenPrompts } from '../../reference/golden/golden-prompts.ts';
import { writeGguf } from '../../reference/gguf-writer.ts';

const NORMAL = 1;
const CONTROL = 3;

test.each(['qwen2', 'llama-bpe'])('%s: the ids of its prompts', async (pre) => {
  const path = new URL(`../../reference/golden/${pre}.json`, import.meta.url);
  const golden = JSON.parse(readFileSync(path, 'utf8')) as GoldenPrompts;
  // A part of the vocabulary: ids are places in the list, so each place is known by the id that it has in the whole.
  const all = [...Object.entries(golden.tokens), ...Object.entries(golden.control)];
  const place = (token: string) => ({ uint32: all.findIndex(([each]) => each === token) });
  const { metadata } = await GgufFile.open(
    writeGguf(
      {
        'general.architecture': 'llama',
        'tokenizer.ggml.model': 'gpt2',
        'tokenizer.ggml.pre': pre,
        'tokenizer.ggml.tokens': all.map(([token]) => token),
        'tokenizer.ggml.token_type': { int32s: all.map(([token]) => (token in golden.control ? CONTROL : NORMAL)) },
        'tokenizer.ggml.merges': golden.merges,
        'tokenizer.ggml.eos_token_id': place(golden.eos),
        ...(golden.bos && { 'tokenizer.ggml.bos_token_id': place(golden.bos) }),
        'tokenizer.chat_template': golden.chatTemplate,
      },
      [],
    ).buffer,
  );
  const tokenizer = tokenizerFromGguf(metadata);
  expect(golden.prompts).toHaveLength(3);
  for (const { messages, ids } of golden.prompts) {
    expect(tokenizer.encodeChat(messages).map((each) => all[each][1])).toEqual(ids);
  }
});
