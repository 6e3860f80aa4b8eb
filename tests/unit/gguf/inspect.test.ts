// What is said of a file from its head alone: what it is, and in a few words why it cannot run.
import { describe, expect, it } from 'vitest';
import { inspectGguf, inspectGgufFile } from '../../../lib/model/gguf/inspect.ts';
import { writeGguf } from '../../reference/gguf-writer.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';

const whole = tinyGguf({ matrixType: 'Q4_0', hiddenSize: 128, untied: true });
/** The head of the tiny file is a tenth of it. */
const head = whole.slice(0, whole.length / 2);

describe('a file that can run', () => {
  it('is described by its head', () => {
    expect(inspectGguf(head)).toEqual({
      architecture: 'llama',
      name: 'Tiny',
      parameters: 2 * 288 * 128 + 2 * (128 * (128 + 64 + 64 + 128 + 3 * 256) + 2 * 128) + 128,
      formats: ['Q4_0', 'Q8_0', 'F16', 'F32'],
      contextLength: 512,
      supported: true,
      memoryBytes: expect.any(Number) as number,
    });
  });

  it.each(['llama', 'qwen2', 'qwen3', 'gemma3'] as const)('may be of architecture %s', (architecture) => {
    expect(inspectGguf(tinyGguf({ architecture }))?.supported).toBe(true);
  });

  it('needs more memory the longer its context', () => {
    const memory = (contextLength: number) => inspectGguf(tinyGguf({ contextLength }))!.memoryBytes;
    expect(memory(1024) - memory(512)).toBe(512 * 2 * 2 * 64 * 4);
  });
});

it('asks for more bytes while the head is cut', () => {
  expect(inspectGguf(whole.slice(0, 3000))).toBeUndefined();
});

it('refuses what is no GGUF file', async () => {
  expect(() => inspectGguf(new TextEncoder().encode('<!doctype html>'))).toThrow('model-corrupt');
  await expect(inspectGgufFile(new Blob([whole.slice(0, 3000)]))).rejects.toMatchObject({ code: 'model-corrupt' });
});

it('sees that a file is cut short', async () => {
  expect((await inspectGgufFile(new Blob([whole]))).supported).toBe(true);
  expect((await inspectGgufFile(new Blob([whole.slice(0, -100)]))).supported).toMatch(/outside the file/);
});

it.each([
  ['architecture mamba', writeGguf({ 'general.architecture': 'mamba' }, [])],
  ['tokenizer t5', tinyGguf({ metadata: { 'tokenizer.ggml.model': 't5' } })],
  ['pre-tokenizer tekken', tinyGguf({ metadata: { 'tokenizer.ggml.pre': 'tekken' } })],
  ['a model without a chat template', tinyGguf({ metadata: { 'tokenizer.chat_template': '' } })],
  ['the chat template: ', tinyGguf({ metadata: { 'tokenizer.chat_template': '{% if %}' } })],
  ['llama with blk.0.attn_q.bias', tinyGguf({ extra: 'blk.0.attn_q.bias' })],
  ['llama with yarn rotary positions', tinyGguf({ metadata: { 'llama.rope.scaling.type': 'yarn' } })],
  ['llama with final_logit_softcapping', tinyGguf({ metadata: { 'llama.final_logit_softcapping': { float32: 30 } } })],
  ['llama with experts', tinyGguf({ metadata: { 'llama.expert_count': { uint32: 8 } } })],
  ['GGUF: llama.block_count is 0', tinyGguf({ metadata: { 'llama.block_count': { uint32: 0 } } })],
  ['GGUF: llama.block_count is 4294967295', tinyGguf({ metadata: { 'llama.block_count': { uint32: 4294967295 } } })],
  ['GGUF: no tensor blk.2.attn_norm.weight', tinyGguf({ metadata: { 'llama.block_count': { uint32: 3 } } })],
  ['GGUF: 3 heads on 2', tinyGguf({ heads: 3, keyValueHeads: 2, headSize: 32 })],
  ['GGUF: general.architecture has an unexpected type', writeGguf({ 'general.architecture': true }, [])],
])('says: %s', (reason, bytes) => {
  const inspect = () => inspectGguf(bytes)?.supported;
  if (reason.startsWith('GGUF: general')) expect(inspect).toThrow(reason);
  else expect(inspect()).toContain(reason);
});

it('names a block format that we do not read', () => {
  const data = new Uint8Array(136);
  const file = writeGguf({ 'general.architecture': 'llama' }, [{ name: 'x', dimensions: [256], type: 23, data }]);
  expect(inspectGguf(file)).toMatchObject({ formats: ['IQ4_XS'], supported: 'block format IQ4_XS' });
});
