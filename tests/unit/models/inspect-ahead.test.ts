// Whether a model can run is found out before its weights are fetched: what is said, and what was asked for.
import { afterEach, describe, expect, test } from 'vitest';
import { readRepository } from '../../../lib/model/hub/hub.ts';
import { inspectAhead } from '../../../lib/model/hub/inspect-ahead.ts';
import { readHead } from '../../../lib/model/hub/read-head.ts';
import { forever } from '../../fakes/events.ts';
import { openHub, type Hub } from '../../fakes/hub.ts';
import { writeGguf } from '../../reference/gguf-writer.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';
import { tinyHubModel } from '../../reference/tiny-hub-model.ts';
import { code, failure } from './setting.ts';

const MEGABYTE = 1 << 20;
let hub: Hub;
afterEach(() => hub.close());

async function inspect(path: string, files: Map<string, Buffer>, prepare: (hub: Hub) => void = () => undefined) {
  hub = await openHub({ repository: 'a/b', files });
  prepare(hub);
  const connection = { signal: forever(), stallMs: 2000 };
  return inspectAhead(await readRepository('a/b', hub.url, connection), path, hub.url, connection);
}
const inspectGguf = (bytes: Uint8Array, prepare?: (hub: Hub) => void) =>
  inspect('m.gguf', new Map([['m.gguf', Buffer.from(bytes)]]), prepare);
const asked = () => hub.heads.map(({ range }) => range);

/** With so many bytes behind its last tensor. */
const longer = (bytes: Uint8Array, more: number) => Buffer.concat([bytes, Buffer.alloc(more)]);
/** As a model with a large vocabulary has it. */
const longHead = (options: { architecture?: 'llama' } = {}) =>
  tinyGguf({ ...options, metadata: { 'test.filler': 'x'.repeat(5 * MEGABYTE) } });

describe('a GGUF file', () => {
  test('that can run is described by its first megabyte', async () => {
    const found = await inspectGguf(longer(tinyGguf(), 8 * MEGABYTE));
    expect(found).toMatchObject({ contextLength: 512 });
    expect(found.memoryBytes).toBeGreaterThan(100e6);
    expect(asked()).toEqual([`bytes=0-${MEGABYTE - 1}`]);
    expect(hub.fetched).toEqual([]);
  });

  test('with a long head is asked for more, and for nothing twice', async () => {
    const found = await inspectGguf(longer(longHead(), 30 * MEGABYTE));
    expect(found.contextLength).toBe(512);
    const limits = [0, 1, 2, 4, 8].map((each) => each * MEGABYTE);
    expect(asked()).toEqual(limits.slice(1).map((end, i) => `bytes=${limits[i]}-${end - 1}`));
  });

  test.each([
    ['of another architecture', tinyGguf({ metadata: { 'general.architecture': 'phi3' } }), 'architecture phi3'],
    [
      'with numbers that are not read, whatever its name says',
      writeGguf({ 'general.architecture': 'llama' }, [
        { name: 'x', dimensions: [256], type: 23, data: new Uint8Array(136) },
      ]),
      'block format IQ4_XS',
    ],
    ['that ends before its weights do', tinyGguf().slice(0, 40_000), 'outside the file'],
  ])('%s is refused', async (_, bytes, detail) => {
    await failure(inspectGguf(bytes)).toMatchObject({
      code: 'unsupported',
      detail: expect.stringContaining(detail) as string,
    });
    expect(hub.fetched).toEqual([]);
  });

  test.each([
    ['that is none', Buffer.from('Dear reader')],
    ['that ends in its head', Buffer.from(tinyGguf().slice(0, 3000))],
  ])('%s is refused', async (_, bytes) => failure(inspectGguf(bytes)).toEqual(code('model-corrupt')));

  test('on a server without ranges is left when enough of it is here', async () => {
    const found = await inspectGguf(longer(longHead(), 60 * MEGABYTE), (hub) => (hub.knowsNoRanges = true));
    expect(found.contextLength).toBe(512);
    expect(asked()).toHaveLength(1);
    // What is on its way in sockets and buffers when the reading ends was sent, too.
    expect(hub.sentBytes).toBeLessThan(30 * MEGABYTE);
  });

  test('whose server lets no page ask for a range is read all the same', async () => {
    hub = await openHub({ repository: 'a/b', files: new Map([['m.gguf', Buffer.from(tinyGguf())]]) });
    const strict: typeof fetch = (url, init) =>
      new Headers(init?.headers).has('range') ? Promise.reject(new TypeError('Failed to fetch')) : fetch(url, init);
    const connection = { signal: forever(), fetch: strict };
    const repository = await readRepository('a/b', hub.url, connection);
    expect(await inspectAhead(repository, 'm.gguf', hub.url, connection)).toMatchObject({ contextLength: 512 });
  });
});

test('a head without an end is given up', async () => {
  const bytes = Buffer.alloc(3 * MEGABYTE);
  hub = await openHub({ repository: 'a/b', files: new Map([['m.gguf', bytes]]) });
  const url = `${hub.url}a/b/resolve/${hub.commit}/m.gguf`;
  expect(await readHead(url, bytes.length, () => undefined, { signal: forever() })).toBeNull();
  expect(asked()).toHaveLength(3);
});

describe('a graph laid out as on the hub', () => {
  const GRAPH = 'onnx/model_quantized.onnx';
  const changed = async (change: Record<string, unknown>) => {
    const files = await tinyHubModel();
    const config = JSON.parse(files.get('config.json')!.toString()) as Record<string, unknown>;
    return files.set('config.json', Buffer.from(JSON.stringify({ ...config, ...change })));
  };

  test('is described by its small files: of the tokenizer, graph and data nothing is fetched', async () => {
    const files = await tinyHubModel({ contextLength: 4096 });
    const bytes = files.get(GRAPH)!.length + files.get(`${GRAPH}_data`)!.length;
    expect(await inspect(GRAPH, files)).toEqual({ contextLength: 4096, memoryBytes: 2 * bytes + 300e6 });
    expect(hub.fetched.map(({ file }) => file).sort()).toEqual(['config.json', 'tokenizer_config.json']);
  });

  test.each([
    ['of two halves', { is_encoder_decoder: true }, 'two halves'],
    ['of no stated kind', { model_type: undefined }, 'without a model type'],
  ])('%s is refused', async (_, change, detail) => {
    const refused = { code: 'unsupported', detail: expect.stringContaining(detail) as string };
    await failure(inspect(GRAPH, await changed(change))).toMatchObject(refused);
  });

  test('whose configuration is none is refused', async () => {
    const files = (await tinyHubModel()).set('config.json', Buffer.from('<!doctype html>'));
    await failure(inspect(GRAPH, files)).toEqual(code('model-corrupt'));
  });

  test('without a chat template is refused', async () => {
    const files = (await tinyHubModel()).set('tokenizer_config.json', Buffer.from('{}'));
    await failure(inspect(GRAPH, files)).toEqual(code('unsupported'));
  });
});
