// Everything that runs comes with the package, and is what its source says it is.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_MODEL, EMBEDDER, PACKAGED_PACKS, type ModelFile } from '../../lib/model/catalog.ts';
import { KERNELS } from '../../lib/model/load-translator.ts';
import { compileKernels } from '../../scripts/marian-kernels.ts';
import { PACKAGES, packageFiles, readPackaged } from './packages.ts';
import { ROOT } from './source.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Hosts that serve code, among them those that our libraries would load theirs from. Stores refuse a package for the mere name. */
const CODE_HOSTS =
  /jsdelivr|unpkg|cdnjs|skypack|esm\.sh|esm\.run|jspm|cdn\.|raw\.githubusercontent|googleapis\.com\/ajax|aspnetcdn|statically\.io/i;

describe.each(PACKAGES)('%s', (name) => {
  const files = packageFiles(name);
  const code = files
    .filter((file) => /\.(js|mjs|html|css)$/.test(file))
    .map((file) => ({ file, text: readPackaged(name, file).toString() }));

  test('there is code to look at', () => expect(code.length).toBeGreaterThan(5));

  test('names no host that serves code', () => {
    expect(code.filter(({ text }) => CODE_HOSTS.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('loads no script, style or module from an address', () => {
    const loads = /(?:import\s*\(?|from|src=|href=|importScripts\(|new Worker\()\s*["'`](?:https?:)?\/\//;
    expect(code.filter(({ text }) => loads.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('makes no code out of text', () => {
    const own = code.filter(({ file }) => !file.startsWith('ort/'));
    expect(own.filter(({ text }) => /\beval\s*\(|new Function\s*\(/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('carries the ONNX Runtime and the grammar checker of the installed packages, byte for byte', () => {
    const wasm = files.filter((file) => file.endsWith('.wasm') && file !== KERNELS);
    const folders = new Set(wasm.map((file) => path.dirname(file)));
    expect(folders).toEqual(new Set(['ort', 'harper']));
    for (const file of wasm) {
      const library = file.startsWith('ort/') ? 'onnxruntime-web' : 'harper.js';
      const installed = readFileSync(path.join(ROOT, 'node_modules', library, 'dist', path.basename(file)));
      expect(sha256(readPackaged(name, file))).toBe(sha256(installed));
    }
  });

  test("and its glue, but for the attention's environment flag", () => {
    const glue = files.filter((file) => file.startsWith('ort/') && file.endsWith('.mjs'));
    expect(glue.length).toBeGreaterThan(0);
    for (const file of glue) {
      const installed = readFileSync(path.join(ROOT, 'node_modules/onnxruntime-web/dist', path.basename(file)), 'utf8');
      expect(readPackaged(name, file).toString().replace('ORT_GQA_DISABLE_FLASH_ATTENTION:"1",', '')).toBe(installed);
    }
  });

  test("carries the translator's kernels as its source compiles", () => {
    expect(sha256(readPackaged(name, KERNELS))).toBe(sha256(readFileSync(compileKernels())));
  });

  const packs = PACKAGED_PACKS.flatMap(({ files }): ModelFile[] => [files.model, files.shortlist, files.vocabulary]);
  test.each([DEFAULT_MODEL.weights, EMBEDDER.model, EMBEDDER.tokenizer, ...packs])(
    'carries $name as the catalog knows it',
    (file) => {
      const bytes = readPackaged(name, `models/${file.name}`);
      expect(bytes.byteLength).toBe(file.bytes);
      expect(sha256(bytes)).toBe(file.sha256);
    },
  );
});
