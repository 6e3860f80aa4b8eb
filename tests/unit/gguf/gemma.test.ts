// A real file of another family, where scripts/models/gemma.ts has put it: Gemma 3 270M in Q4_K_M. Too large for every machine.
import { existsSync, openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { inspectGgufFile } from '../../../lib/model/gguf/inspect.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import { HARD_STRINGS } from '../../reference/hard-strings.ts';
import { LlamaCpp } from '../../reference/llama-cpp.ts';

const PATH = fileURLToPath(new URL('../../../.cache/models/gemma-3-270m-q4_k_m.gguf', import.meta.url));

describe.runIf(existsSync(PATH))('Gemma 3 270M', () => {
  it('is known from its head: a base model, without a chat template', async () => {
    expect(await inspectGgufFile(await openAsBlob(PATH))).toMatchObject({
      architecture: 'gemma3',
      parameters: 268_098_176,
      contextLength: 32768,
      supported: 'a model without a chat template',
    });
  });

  it('has the tokens that llama.cpp gives', async () => {
    const { metadata } = await GgufFile.open(await openAsBlob(PATH));
    const tokenizer = tokenizerFromGguf(metadata);
    const llama = await LlamaCpp.open(PATH, { vocabOnly: true });
    const lists = '<ul><li>a</li></ul>\n\n\n\n\nb\t\tc   d<table>';
    for (const text of [...Object.values(HARD_STRINGS), lists]) {
      expect(tokenizer.encode(text), text).toEqual(llama.encode(text));
    }
    await llama.close();
  }, 120_000);
});
