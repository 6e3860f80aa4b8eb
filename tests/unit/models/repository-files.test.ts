// A repository by its name: what is asked of the hub, and what is made of what it holds.
import { describe, expect, test } from 'vitest';
import { fileAddress, parseRepositoryName } from '../../../lib/model/hub/hub.ts';
import { nameOf } from '../../../lib/model/hub/entry.ts';
import { modelFiles, proposeFile } from '../../../lib/model/hub/repository-files.ts';
import { CATALOG } from '../../../lib/model/catalog.ts';

const sha256 = 'a'.repeat(64);
const file = (path: string, bytes = 100) => ({ path, bytes, sha256 });
const listed = (...paths: string[]) =>
  modelFiles(
    paths.map((path) => file(path)),
    () => true,
  );

test.each([
  ['Qwen/Qwen3-0.6B-GGUF', 'Qwen/Qwen3-0.6B-GGUF'],
  ['  Qwen/Qwen3-0.6B-GGUF ', 'Qwen/Qwen3-0.6B-GGUF'],
  ['https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/tree/main', 'Qwen/Qwen3-0.6B-GGUF'],
  ['hf.co/a/b', 'a/b'],
  ['gpt2', null],
  ['', null],
  ['a/b c', null],
  ['../etc', null],
  ['a/..', null],
])('%j is the repository %j', (text, name) => expect(parseRepositoryName(text)).toBe(name));

test('a file is asked for at its commit, whatever its name', () => {
  expect(fileAddress({ name: 'a/b', commit: 'c0ffee' }, 'x y/q?#.gguf', 'http://hub.example/')).toBe(
    'http://hub.example/a/b/resolve/c0ffee/x%20y/q%3F%23.gguf',
  );
});

test('only the GGUF files of language models are listed, the smallest first', () => {
  const files = modelFiles(
    [
      file('big-Q8_0.gguf', 9),
      file('README.md'),
      file('mmproj-F16.gguf'),
      file('imatrix.gguf'),
      file('a-Q4_0.gguf', 3),
    ],
    () => true,
  );
  expect(files).toEqual([
    { path: 'a-Q4_0.gguf', bytes: 3, quantization: 'Q4_0' },
    { path: 'big-Q8_0.gguf', bytes: 9, quantization: 'Q8_0' },
  ]);
});

describe('what cannot run says why', () => {
  test.each([
    ['m-Q4_K_M.gguf', undefined],
    ['m.Q5_K_S.gguf', undefined],
    ['m-bf16.gguf', undefined],
    ['m.gguf', undefined],
    ['m-Q2_K.gguf', 'format'],
    ['m-Q3_K_L.gguf', 'format'],
    ['m-IQ4_XS.gguf', 'format'],
    ['m-TQ1_0.gguf', 'format'],
    ['m-Q4_K_M-00001-of-00002.gguf', 'split'],
  ])('%s: %s', (path, problem) => expect(listed(path)[0].problem).toBe(problem));

  test('for want of memory or of a hash', () => {
    const [large] = modelFiles([file('m-Q8_0.gguf', 1e10)], (bytes) => bytes < 1e9);
    expect(large.problem).toBe('memory');
    const [unhashed] = modelFiles([{ ...file('m-Q8_0.gguf'), sha256: null }], () => true);
    expect(unhashed.problem).toBe('no-hash');
  });
});

describe('a graph laid out as on the hub', () => {
  const WITH = ['config.json', 'tokenizer.json'];

  test.each([
    ['onnx/model_quantized.onnx', undefined],
    ['onnx/model_int8.onnx', undefined],
    ['onnx/model.onnx', undefined],
    ['onnx/model_q4f16.onnx', 'format'],
    ['onnx/model_fp16.onnx', 'format'],
  ])('%s: %s', (path, problem) => expect(listed(path, ...WITH)[0].problem).toBe(problem));

  test('comes with its data, and not without what says how to use it', () => {
    const files = [file('onnx/model_quantized.onnx', 3), file('onnx/model_quantized.onnx_data', 40)];
    expect(modelFiles(files, () => true)[0].problem).toBe('companions');
    const [found] = modelFiles([...files, ...WITH.map((name) => file(name))], (bytes) => bytes === 2 * 43);
    expect(found).toEqual({ path: 'onnx/model_quantized.onnx', bytes: 43, quantization: 'QUANTIZED' });
  });

  test('that is no decoder of one piece is not listed', () => {
    expect(listed('onnx/encoder_model.onnx', 'onnx/vision_encoder_quantized.onnx', ...WITH)).toEqual([]);
  });
});

test.each([
  [['onnx/model.onnx', 'onnx/model_quantized.onnx', 'config.json', 'tokenizer.json'], 'onnx/model_quantized.onnx'],
  [['m-Q8_0.gguf', 'm-Q4_K_M.gguf', 'm-Q4_0.gguf', 'm-F16.gguf', 'm-IQ4_XS.gguf'], 'm-Q4_K_M.gguf'],
  [['m-Q8_0.gguf', 'm-Q6_K.gguf'], 'm-Q6_K.gguf'],
  [['m-F16.gguf', 'm-Q8_0.gguf'], 'm-Q8_0.gguf'],
  [['m-IQ4_XS.gguf', 'm-Q2_K.gguf'], undefined],
])('of %j it proposes %s', (paths, proposed) => expect(proposeFile(listed(...paths))?.path).toBe(proposed));

test.each([
  ['gemma-3-270m-it-Q4_K_M.gguf', 'gemma 3 270m it Q4_K_M'],
  ['folder/Qwen2.5-0.5B.gguf', 'Qwen2.5 0.5B'],
  ['.gguf', '.gguf'],
])('the name of %s is %s', (path, name) => expect(nameOf(path)).toBe(name));

test('every hub model of the catalog could be listed, and would run', () => {
  for (const { id, origin, licence, measured } of CATALOG) {
    if (origin.kind !== 'hub') continue;
    expect(parseRepositoryName(origin.repository), id).toBe(origin.repository);
    const [found] = listed(origin.file, 'config.json', 'tokenizer.json');
    expect(found, id).not.toHaveProperty('problem');
    expect(licence, id).not.toBe('');
    expect(measured, id).toBe(false);
  }
  expect(new Set(CATALOG.map(({ id }) => id)).size).toBe(CATALOG.length);
});
