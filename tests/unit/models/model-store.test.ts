// What is here of models, and what becomes of it.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CATALOG, type CatalogEntry } from '../../../lib/model/catalog.ts';
import { parseEntry, unknownEntry } from '../../../lib/model/hub/entry.ts';
import { inspectWeights } from '../../../lib/model/hub/inspect-weights.ts';
import { listModels } from '../../../lib/model/hub/model-list.ts';
import { ModelStore, partName } from '../../../lib/model/hub/model-store.ts';
import { addOwnModel, type OwnModel } from '../../../lib/model/hub/own-model.ts';
import { forever } from '../../fakes/events.ts';
import { DiskFolder } from '../packs/disk-folder.ts';
import { code, failure, NONSENSE, WEIGHTS } from './setting.ts';

const SHA256 = createHash('sha256').update(WEIGHTS).digest('hex');

let folder: DiskFolder;
let converted: DiskFolder;
let store: ModelStore;
beforeEach(() => {
  folder = new DiskFolder();
  converted = new DiskFolder();
  store = new ModelStore({ folder, converted });
});
afterEach(() => {
  folder.destroy();
  converted.destroy();
});

const fileOf = (bytes: Buffer, name = 'My-Model-Q4_1.gguf') => new File([new Uint8Array(bytes)], name);
const add = (options: Partial<OwnModel> = {}) =>
  addOwnModel({
    file: fileOf(WEIGHTS),
    store,
    signal: forever(),
    onProgress: () => undefined,
    inspect: inspectWeights,
    freeBytes: () => Promise.resolve(Infinity),
    ...options,
  });
const names = async () => [...(await folder.sizes()).keys()];

describe('a file of the reader', () => {
  test('is copied, and is a model from then on', async () => {
    const progress: number[] = [];
    const entry = await add({ onProgress: (copied, total) => progress.push(copied / total) });
    expect(progress.at(-1)).toBe(1);
    expect(entry).toMatchObject({ name: 'My Model Q4_1', origin: { kind: 'own' }, licence: '', measured: false });
    expect(entry.weights).toEqual({ name: 'My-Model-Q4_1.gguf', bytes: WEIGHTS.length, sha256: SHA256 });
    expect(await store.installed()).toEqual([entry]);
    const weights = await store.open(entry, forever());
    expect(Buffer.from(await weights.arrayBuffer()).equals(WEIGHTS)).toBe(true);
  });

  test('that is added twice is there once', async () => {
    expect(await add()).toEqual(await add({ file: fileOf(WEIGHTS) }));
    expect(await names()).toHaveLength(2);
  });

  test('that cannot run is said to be so before any of it is copied', async () => {
    folder.capacityBytes = 0;
    await failure(add({ file: fileOf(NONSENSE) })).toEqual(code('model-corrupt'));
    await failure(add({ file: fileOf(Buffer.from('text')) })).toEqual(code('model-corrupt'));
    expect(await names()).toEqual([]);
  });

  test.each([
    ['is known to be', { freeBytes: () => Promise.resolve(WEIGHTS.length - 1) }, Infinity],
    ['turns out to be', {}, WEIGHTS.length - 1],
  ])('for which there is no room, as it %s, leaves nothing', async (_, options, capacityBytes) => {
    folder.capacityBytes = capacityBytes;
    await failure(add(options)).toEqual(code('storage-full'));
    folder.capacityBytes = Infinity;
    expect(await store.installed()).toEqual([]);
  });

  test('whose copy the browser breaks off finds no room, and leaves nothing', async () => {
    const sink = folder.sink.bind(folder);
    // As Chromium does.
    folder.sink = async (name) => {
      await (await sink(name)).close();
      return new WritableStream({
        write: () => Promise.reject(new DOMException('Failed to write data to data pipe', 'AbortError')),
      });
    };
    await failure(add()).toEqual(code('storage-full'));
    expect(await names()).toEqual([]);
  });

  test('whose copy is stopped leaves nothing', async () => {
    const stop = new AbortController();
    stop.abort();
    await failure(add({ signal: stop.signal })).toEqual(code('aborted'));
    expect(await names()).toEqual([]);
  });
});

describe('an installed model', () => {
  test.each([
    [
      'changed',
      (path: string, bytes: Buffer) =>
        folder.write(
          path,
          bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
        ),
    ],
    ['gone', (path: string) => folder.remove(path)],
  ])('whose weights are %s is damaged once, and then not here', async (_, harm) => {
    const entry = await add();
    await harm(`${entry.id}.gguf`, WEIGHTS);
    await failure(store.open(entry, forever())).toEqual(code('model-damaged'));
    expect(await store.installed()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  test('is deleted with all that was made of it, and nothing else', async () => {
    const entry = await add();
    await converted.write(`${SHA256}.int8.float32.2048.v3`, new Uint8Array(500));
    await converted.write(`${'0'.repeat(64)}.int8`, new Uint8Array(7));
    expect(await store.storedBytes(entry)).toBeGreaterThan(WEIGHTS.length + 500);
    await store.delete(entry.id);
    expect(await names()).toEqual([]);
    expect([...(await converted.sizes()).keys()]).toEqual([`${'0'.repeat(64)}.int8`]);
  });

  test('does not count while its record is missing, damaged or of another model', async () => {
    const entry = await add();
    const record = `${entry.id}.entry`;
    const kept = Buffer.from(await folder.read(record));
    for (const bytes of ['', '{', '{}', 'null', kept.toString().replace(entry.id, 'other')]) {
      await folder.write(record, Buffer.from(bytes));
      expect(await store.installed(), bytes).toEqual([]);
    }
    await folder.write(record, kept);
    expect(await store.installed()).toEqual([entry]);
  });
});

test('models are listed in the order of the catalog, then the others, each with its state', async () => {
  const own = await add();
  const [packaged, known] = CATALOG;
  const other = 'someone/tiny-GGUF/folder/tiny.gguf';
  await folder.write(partName(known.id), new Uint8Array(10));
  await folder.write(partName(other), new Uint8Array(20));
  await folder.write('%zz.part', new Uint8Array(1)); // of nobody
  const listed = await listModels(store);
  expect(listed.slice(0, CATALOG.length).map(({ entry }) => entry)).toEqual(CATALOG);
  const stateOf = (id: string) => listed.find(({ entry }) => entry.id === id);
  expect(stateOf(packaged.id)).toMatchObject({ state: 'packaged', storedBytes: 0 });
  expect(stateOf(known.id)).toMatchObject({ state: 'partial', storedBytes: 10 });
  expect(stateOf(own.id)).toMatchObject({ state: 'installed' });
  expect(stateOf(other)).toMatchObject({
    state: 'partial',
    storedBytes: 20,
    entry: { origin: { kind: 'hub', repository: 'someone/tiny-GGUF', file: 'folder/tiny.gguf' } },
  });
  expect(listed).toHaveLength(CATALOG.length + 2);
});

test('where nothing can be kept, there is what the package has', async () => {
  const nowhere = new ModelStore({ folder: null });
  expect(await nowhere.installed()).toEqual([]);
  expect((await listModels(nowhere)).map(({ state }) => state)).toEqual(
    CATALOG.map(({ origin }) => (origin.kind === 'package' ? 'packaged' : 'available')),
  );
  await failure(add({ store: nowhere })).toEqual(code('unsupported'));
});

describe('a record', () => {
  const entry: CatalogEntry = {
    ...unknownEntry('a/b/c.gguf', 'c', { kind: 'hub', repository: 'a/b', file: 'c.gguf', commit: 'c'.repeat(40) }),
    weights: { name: 'c.gguf', bytes: 5, sha256: SHA256 },
  };

  test('is read as it was written', () => {
    expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
  });

  test('of a model of the catalog says no more than which weights are here, and of which commit', () => {
    const [, known] = CATALOG;
    const old = { ...known, name: 'Old name', contextWindow: 1, weights: entry.weights };
    expect(parseEntry(old)).toEqual({ ...known, weights: entry.weights });
    const { commit } = entry.origin as { commit?: string };
    expect(parseEntry({ ...old, origin: entry.origin })).toMatchObject({ origin: { ...known.origin, commit } });
    expect(parseEntry({ ...old, origin: { ...known.origin, commit: 'main' } })).toBeNull();
  });

  test.each(Object.keys(entry).filter((key) => key !== 'knownAnswer'))('without its %s is none', (key) => {
    expect(parseEntry({ ...entry, [key]: undefined })).toBeNull();
    expect(parseEntry({ ...entry, [key]: { no: 'such' } })).toBeNull();
  });

  test.each([null, 1, 'x', [], {}])('is not %j', (value) => expect(parseEntry(value)).toBeNull());
});
