import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startRuntime } from '../../../lib/model/load-translator.ts';
import { MarianModel } from '../../../lib/model/marian/marian-model.ts';
import { translateAll } from '../../../lib/model/marian/translate-all.ts';
import { memoryImage, restoreMemory } from '../../../lib/model/ort/memory-image.ts';
import { loadOrtModule, type OrtModule } from '../../../lib/model/ort/module.ts';
import { writeOrtAssets } from '../../../scripts/ort-assets.ts';
import { readPack, referenceTranslations } from '../../reference/marian-pack.ts';

const PAGE = 65_536;

/** A folder with the runtime's files: each is a realm of its own. */
async function runtimeFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkling-ort-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await writeOrtAssets(folder);
  return folder;
}

test('a memory comes back out of its image, whatever stood in the other', () => {
  const memory = new Uint8Array(3 * PAGE);
  for (const place of [0, 1, 4095, 4096, PAGE + 17, 3 * PAGE - 1]) memory[place] = 1 + (place % 255);
  const image = memoryImage(memory);
  const other = new Uint8Array(4 * PAGE).fill(7);
  restoreMemory(other, image.buffer);
  expect(Buffer.compare(other.subarray(0, memory.length), memory)).toBe(0);
  expect(other.subarray(memory.length).every((byte) => byte === 0)).toBe(true);
  expect(image.length).toBeLessThan(6 * 4096);
});

test(
  'a runtime that begins with the image of another translates as that one does, alignments included',
  { timeout: 120_000 },
  async () => {
    const [started, prepared] = await Promise.all([runtimeFolder(), runtimeFolder()]);
    const first = await startRuntime(`${pathToFileURL(started).href}/`);
    const memory = memoryImage(first.HEAPU8).buffer;
    const wasm = await WebAssembly.compile(readFileSync(path.join(prepared, 'ort/ort-wasm-simd-threaded.wasm')));
    const second = await loadOrtModule('cpu', 1, `${pathToFileURL(prepared).href}/`, Promise.resolve({ wasm, memory }));
    const sentences = referenceTranslations('en-pt').map(({ source }) => source);
    const translations = async (module: OrtModule) => {
      const model = await MarianModel.open(module, await readPack('en', 'pt'));
      return translateAll(model, sentences.slice(0, 4), false, new AbortController().signal);
    };
    expect(await translations(second)).toEqual(await translations(first));
  },
);
