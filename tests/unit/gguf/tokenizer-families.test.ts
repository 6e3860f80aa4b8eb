// The tokenizers of the other families against llama.cpp: every pre-tokenizer on the default model's vocabulary, SentencePiece's BPE
// on a generated one; and their prompts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { PRE_TOKENIZERS } from '../../../lib/model/gguf/pre-tokenizers.ts';
import { readTokenizerData } from '../../../lib/model/gguf/tokenizer-data.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import { writeGguf, type WrittenValue } from '../../reference/gguf-writer.ts';
import { HARD_STRINGS } from '../../reference/hard-strings.ts';
import { LlamaCpp } from '../../reference/llama-cpp.ts';
import { openRealModel } from '../../reference/real-model.ts';
import { gaussian, tinyGguf } from '../../reference/tiny-gguf.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-tokenizers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Both tokenizers of a file that holds nothing else. */
async function both(name: string, tokenizer: Record<string, WrittenValue>) {
  const shape = Object.fromEntries(
    ['block_count', 'context_length', 'embedding_length', 'feed_forward_length', 'attention.head_count'].map((key) => [
      `llama.${key}`,
      { uint32: 64 },
    ]),
  );
  const epsilon = { 'llama.attention.layer_norm_rms_epsilon': { float32: 1e-5 } };
  const bytes = writeGguf({ 'general.architecture': 'llama', ...shape, ...epsilon, ...tokenizer }, []);
  const path = join(folder, `${name}.gguf`);
  await writeFile(path, bytes);
  const ours = tokenizerFromGguf((await GgufFile.open(bytes.buffer)).metadata);
  return { ours, llama: await LlamaCpp.open(path, { vocabOnly: true }) };
}

describe('byte-level BPE', () => {
  let vocabulary: Record<string, WrittenValue>;
  beforeAll(async () => {
    const { metadata } = await openRealModel();
    vocabulary = {
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.tokens': metadata.strings('tokenizer.ggml.tokens'),
      'tokenizer.ggml.token_type': { int32s: metadata.numbers('tokenizer.ggml.token_type') },
      'tokenizer.ggml.merges': metadata.strings('tokenizer.ggml.merges'),
      'tokenizer.ggml.eos_token_id': { uint32: 2 },
      'tokenizer.ggml.bos_token_id': { uint32: 1 },
    };
  });

  it.each([...PRE_TOKENIZERS.keys()])(
    '%s: the ids that llama.cpp gives',
    async (name) => {
      const { ours, llama } = await both(name, { ...vocabulary, 'tokenizer.ggml.pre': name });
      for (const text of Object.values(HARD_STRINGS)) expect(ours.encode(text), text).toEqual(llama.encode(text));
      await llama.close();
    },
    60_000,
  );
});

describe('SentencePiece', () => {
  const control = ['<unk>', '<s>', '</s>'];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const userDefined = ['\n\n\n', '\n\n', '<b>'];
  /** Every run of up to five characters of some of the texts. */
  const pieces = new Set<string>();
  for (const text of [HARD_STRINGS.plain, HARD_STRINGS.accents, HARD_STRINGS.chinese, HARD_STRINGS.code]) {
    const characters = Array.from(text.replaceAll(' ', '\u2581'));
    for (let start = 0; start < characters.length; start++) {
      for (let length = 1; length <= 5; length++) pieces.add(characters.slice(start, start + length).join(''));
    }
  }
  const random = gaussian(5);
  const tokens = [...control, ...bytes, ...userDefined, ...pieces];
  const types = tokens.map((token, id) =>
    control.includes(token) ? (id === 0 ? 2 : 3) : bytes.includes(token) ? 6 : userDefined.includes(token) ? 4 : 1,
  );
  /** Whole numbers: many are equal, and then the place decides. */
  const scores = tokens.map((_, id) => (types[id] === 1 ? -Math.round(8 * Math.abs(random())) : 0));
  const vocabulary: Record<string, WrittenValue> = {
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': tokens,
    'tokenizer.ggml.token_type': { int32s: types },
    'tokenizer.ggml.scores': { float32s: scores },
    'tokenizer.ggml.bos_token_id': { uint32: 1 },
    'tokenizer.ggml.eos_token_id': { uint32: 2 },
    'tokenizer.ggml.add_space_prefix': false,
  };
  const texts = { ...HARD_STRINGS, userDefined: 'a\n\n\n\n\nb <b>bold</b>\n\n' };

  it('gives the ids that llama.cpp gives, and their bytes are the text', async () => {
    const { ours, llama } = await both('spm', vocabulary);
    for (const text of Object.values(texts)) {
      const ids = ours.encode(text);
      expect(ids, text).toEqual(llama.encode(text));
      const back = Uint8Array.from(ids.flatMap((id) => [...ours.bytesOf(id)]));
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(back)).toBe(text);
    }
    await llama.close();
  });

  it('puts a space before text that follows a control token, where the file says so', async () => {
    const template = '{{ bos_token }}{% for message in messages %}{{ message.content }}{{ eos_token }}{% endfor %}:';
    const prefixed = { 'tokenizer.ggml.add_space_prefix': true, 'tokenizer.chat_template': template };
    const { ours, llama } = await both('spm-prefix', { ...vocabulary, ...prefixed });
    expect(ours.encodeChat([{ role: 'user', content: 'fox' }])).toEqual([
      1,
      ...llama.encode('fox'),
      2,
      ...llama.encode(':'),
    ]);
    expect(llama.encode('fox')).toEqual(ours.encode(' fox'));
    await llama.close();
  });
});

describe('prompts', () => {
  const template =
    '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n' +
    '{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}';

  it('ask models that can think aloud not to', async () => {
    const { metadata } = await GgufFile.open(tinyGguf({ metadata: { 'tokenizer.chat_template': template } }).buffer);
    const tokenizer = tokenizerFromGguf(metadata);
    const ids = tokenizer.encodeChat([{ role: 'user', content: 'the' }]);
    const text = new TextDecoder().decode(Uint8Array.from(ids.flatMap((id) => [...tokenizer.bytesOf(id)])));
    expect(text).toMatch(/assistant\n<think>\n\n<\/think>\n\n$/);
  });

  it('of a file with two end tokens end at either', async () => {
    const tokens = { 'tokenizer.ggml.eos_token_id': { uint32: 0 }, 'tokenizer.ggml.eot_token_id': { uint32: 7 } };
    const { metadata } = await GgufFile.open(tinyGguf({ metadata: tokens }).buffer);
    expect(readTokenizerData(metadata).endOfReply.toSorted((a, b) => a - b)).toEqual([0, 2, 7]);
  });

  it('of a template that cannot be read are refused', async () => {
    const { metadata } = await GgufFile.open(tinyGguf({ metadata: { 'tokenizer.chat_template': '{% if %}' } }).buffer);
    expect(() => tokenizerFromGguf(metadata).encodeChat([{ role: 'user', content: 'a' }])).toThrow(/unsupported/);
  });

  it.each([
    ['tokens without types', { 'tokenizer.ggml.token_type': { int32s: [1] } }],
    ['an end token outside the vocabulary', { 'tokenizer.ggml.eos_token_id': { uint32: 9999 } }],
    ['SentencePiece without scores', { 'tokenizer.ggml.model': 'llama' }],
  ])('%s are model-corrupt', async (_, metadata) => {
    const file = await GgufFile.open(tinyGguf({ metadata }).buffer);
    expect(() => readTokenizerData(file.metadata)).toThrow(/model-corrupt/);
  });
});
