// Every file of a model laid out as on the hub is checked before it is used: one byte turned in any of them, on the way or on the
// disk, and the model is refused, asked for once more, and leaves nothing behind.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadModel } from '../../../lib/model/hub/download-model.ts';
import { inspectWeights } from '../../../lib/model/hub/inspect-weights.ts';
import { companionName, ModelStore } from '../../../lib/model/hub/model-store.ts';
import { forever } from '../../fakes/events.ts';
import { openHub, type Hub } from '../../fakes/hub.ts';
import { tinyHubModel } from '../../reference/tiny-hub-model.ts';
import { DiskFolder } from '../packs/disk-folder.ts';
import { code, failure } from './setting.ts';

const REPOSITORY = 'someone/Tiny-ONNX';
const FILE = 'onnx/model_quantized.onnx';
const ID = `${REPOSITORY}/${FILE}`;
const COMPANIONS = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', `${FILE}_data`];

const files = await tinyHubModel();
let hub: Hub;
let folder: DiskFolder;
let store: ModelStore;
beforeEach(async () => {
  hub = await openHub({ repository: REPOSITORY, files });
  folder = new DiskFolder();
  store = new ModelStore({ folder });
});
afterEach(async () => {
  await hub.close();
  folder.destroy();
});

const download = () =>
  downloadModel({
    repository: REPOSITORY,
    file: FILE,
    endpoint: hub.url,
    store,
    signal: forever(),
    // A busy machine may say nothing for a while.
    stallMs: 60_000,
    onProgress: () => undefined,
    inspect: inspectWeights,
    freeBytes: () => Promise.resolve(Infinity),
  });

/** With one bit in the middle changed. */
function turned(bytes: Uint8Array): Buffer {
  const changed = Buffer.from(bytes);
  changed[bytes.length >> 1] ^= 1;
  return changed;
}

describe.each([...COMPANIONS, FILE])('%s with a byte turned', (path) => {
  test('on the way is refused, asked for once more, and nothing of the model stays', async () => {
    hub.replaced.set(path, turned(files.get(path)!));
    await failure(download()).toEqual(code('model-corrupt'));
    expect(hub.fetched.filter(({ file }) => file === path)).toHaveLength(2);
    expect(await store.installed()).toEqual([]);
    expect([...(await folder.sizes()).keys()]).not.toContain(companionName(ID, path));

    hub.replaced.clear();
    await download();
    expect(await store.installed()).toHaveLength(1);
  });

  test('on the disk is noticed before it is used, and the model is gone and can be had again', async () => {
    await download();
    const entry = (await store.find(ID))!;
    const names = [...(await folder.sizes()).keys()];
    // The weights lie under a name of their own.
    const stored = names.find((name) => (path === FILE ? name.endsWith('.gguf') : name === companionName(ID, path)))!;
    await folder.write(stored, turned(await folder.read(stored)));
    const opening = async () => {
      await store.openCompanions(entry, forever());
      await store.open(entry, forever());
    };
    await failure(opening()).toEqual(code('model-damaged'));
    expect([...(await folder.sizes()).keys()]).toEqual([]);
    await download();
    await opening();
  });
});
