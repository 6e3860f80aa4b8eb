// A model that was downloaded or brought from disk, loaded: from its own weights, which are verified first.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectWeights } from '../../../lib/model/hub/inspect-weights.ts';
import { ModelStore } from '../../../lib/model/hub/model-store.ts';
import { addOwnModel } from '../../../lib/model/hub/own-model.ts';
import { loadLanguageModel, type LoadOptions } from '../../../lib/model/load.ts';
import type { CatalogEntry } from '../../../lib/model/catalog.ts';
import { forever } from '../../fakes/events.ts';
import { DiskFolder } from '../packs/disk-folder.ts';
import { MemoryFiles } from '../runtime/memory-files.ts';
import { ortFolder } from '../runtime/ort-runtime.ts';
import { code, failure, WEIGHTS } from './setting.ts';

const disk = new DiskFolder();
const store = new ModelStore({ folder: disk });
let ort: Awaited<ReturnType<typeof ortFolder>>;
let entry: CatalogEntry;
beforeAll(async () => {
  ort = await ortFolder();
  const file = new File([new Uint8Array(WEIGHTS)], 'tiny.gguf');
  const freeBytes = () => Promise.resolve(Infinity);
  const own = { file, store, signal: forever(), onProgress: () => undefined, inspect: inspectWeights, freeBytes };
  entry = await addOwnModel(own);
});
afterAll(async () => {
  await ort.remove();
  disk.destroy();
});

const load = (
  files = new MemoryFiles(),
  onProgress?: (loaded: number, total: number) => void,
  options: Partial<LoadOptions> = {},
) =>
  loadLanguageModel({
    entry,
    device: 'cpu',
    threads: 1,
    assetsUrl: ort.url,
    signal: forever(),
    files,
    installed: store,
    onProgress,
    fetch: () => Promise.reject(new Error('the package has no such file')),
    ...options,
  });

test('from its own weights, once they are verified; then from what was made of them', async () => {
  const files = new MemoryFiles();
  const progress: number[] = [];
  const { model } = await load(files, (loaded, total) => progress.push(loaded / total));
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
  let text = '';
  for await (const event of model.generate([{ role: 'user', content: 'the' }], { maxNewTokens: 8 }, forever())) {
    if (event.kind === 'delta') text += event.text;
  }
  expect(text).not.toBe('');
  await model.dispose();
  expect([...files.files.keys()]).toEqual([expect.stringMatching(`^${entry.weights.sha256}\\.int8`)]);
});

test('where there is a GPU, what it has to do is measured on the CPU, kept, and held to', async () => {
  const files = new MemoryFiles();
  const { model } = await load(files, undefined, { measuresAnswer: true });
  await model.dispose();
  const [measured] = await store.installed();
  const answer = measured.knownAnswer!;
  expect(answer.meanLogProb).toBeLessThan(0);
  expect(answer.next).toHaveLength(5);
  await (await load(files, undefined, { entry: measured })).model.dispose();
  const wrong = { ...measured, knownAnswer: { ...answer, meanLogProb: answer.meanLogProb - 0.5 } };
  await failure(load(files, undefined, { entry: wrong })).toEqual(code('wrong-numbers'));
});

test('where they are damaged they are removed, and that is said: never that Inkling is', async () => {
  const damaged = Buffer.from(WEIGHTS);
  damaged[damaged.length - 100] ^= 1;
  await disk.write(`${entry.id}.gguf`, damaged);
  await failure(load()).toEqual(code('model-damaged'));
  expect(await store.installed()).toEqual([]);
  await failure(load()).toEqual(code('model-damaged'));
});
