import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_MODEL, type CatalogEntry, type KnownAnswer } from '../../../lib/model/catalog.ts';
import { loadLanguageModel } from '../../../lib/model/load.ts';
import { logSumExp } from '../../../lib/model/runtime/score.ts';
import { estimateSpeed } from '../../../lib/model/speed-estimate.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';
import { MemoryFiles } from './memory-files.ts';
import { ortFolder, startRuntime } from './ort-runtime.ts';
import { tinyParts } from './tiny-model.ts';

const GGUF = tinyGguf();
const TEXT = 'the cat and the hat in the sea and '.repeat(6);
const signal = new AbortController().signal;

let folder: Awaited<ReturnType<typeof ortFolder>>;
let entry: CatalogEntry;

beforeAll(async () => {
  folder = await ortFolder();
  const runtime = await startRuntime();
  const weights = { name: 'tiny.gguf', bytes: GGUF.length, sha256: createHash('sha256').update(GGUF).digest('hex') };
  const knownAnswer = await answer(await tinyParts(runtime.module, 'fp32'));
  entry = { ...DEFAULT_MODEL, id: 'tiny', weights, contextWindow: 256, knownAnswer };
  await runtime.stop();
});
afterAll(() => folder.remove());

/** What the exact decoder makes of TEXT, one token at a time. */
async function answer({ decoder, tokenizer }: Awaited<ReturnType<typeof tinyParts>>): Promise<KnownAnswer> {
  const ids = tokenizer.encode(TEXT);
  const logProbs: number[] = [];
  let row = new Float32Array();
  for (const [i, id] of ids.entries()) {
    if (i > ids.length - 64) logProbs.push(row[id] - logSumExp(row));
    row = Float32Array.from(await decoder.run([id], [0]));
  }
  const next = [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, 3);
  const meanLogProb = logProbs.reduce((sum, logProb) => sum + logProb) / logProbs.length;
  return { text: TEXT, meanLogProb, next: next.map((id) => new TextDecoder().decode(tokenizer.bytesOf(id))) };
}

/** Serves the tiny model's file; counts how often. */
function serving(bytes = GGUF) {
  const count = { reads: 0 };
  const fetchFile: typeof fetch = () => {
    count.reads++;
    return Promise.resolve(new Response(bytes));
  };
  return { count, fetch: fetchFile };
}

const load = (options: Partial<Parameters<typeof loadLanguageModel>[0]> = {}) =>
  loadLanguageModel({
    entry,
    device: 'cpu',
    threads: 1,
    assetsUrl: folder.url,
    signal,
    files: null,
    fetch: serving().fetch,
    ...options,
  });

async function textOf({ model }: Awaited<ReturnType<typeof load>>): Promise<string> {
  let text = '';
  for await (const event of model.generate([{ role: 'user', content: 'the' }], { maxNewTokens: 12 }, signal)) {
    if (event.kind === 'delta') text += event.text;
  }
  await model.dispose();
  return text;
}

describe('loadLanguageModel', () => {
  it('converts once, then takes what it kept, and both say the same', async () => {
    const files = new MemoryFiles();
    const server = serving();
    const progress: number[] = [];
    const onProgress = (loaded: number, total: number) => progress.push(loaded / total);
    const first = await textOf(await load({ files, fetch: server.fetch, onProgress }));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(files.files.size).toBe(1);
    expect(await textOf(await load({ files, fetch: server.fetch }))).toBe(first);
    expect(server.count.reads).toBe(1);
    expect(first).not.toBe('');
  });

  it('converts again where what it kept is damaged or of another version', async () => {
    const files = new MemoryFiles();
    await textOf(await load({ files }));
    const [[name, kept]] = files.files;
    files.files.set(name, kept.slice(0, kept.length / 2));
    files.files.set(name.replace(/v\d+$/, 'v0'), kept);
    const server = serving();
    await textOf(await load({ files, fetch: server.fetch }));
    expect(server.count.reads).toBe(1);
    expect(files.files).toEqual(new Map([[name, kept]]));
  });

  it('works with a full disk, and with none', async () => {
    const full = new MemoryFiles(1000);
    const kept = await textOf(await load({ files: full }));
    expect(full.files.size).toBe(0);
    expect(await textOf(await load())).toBe(kept);
  });

  it('refuses other bytes than the catalog names', async () => {
    const files = new MemoryFiles();
    const changed = GGUF.slice();
    changed[changed.length - 100] ^= 1;
    const run = load({ files, fetch: serving(changed).fetch });
    await expect(run).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(files.files.size).toBe(0);
  });

  it('refuses a model whose numbers are not those known', async () => {
    const known = { text: TEXT, meanLogProb: 0, next: [], ...entry.knownAnswer };
    for (const wrong of [
      { ...known, meanLogProb: known.meanLogProb + 0.5 },
      { ...known, next: ['something else'] },
      { ...known, meanLogProb: NaN },
    ]) {
      await expect(load({ entry: { ...entry, knownAnswer: wrong } })).rejects.toMatchObject({ code: 'wrong-numbers' });
    }
  });

  it('does not begin when aborted, and stops within the conversion', async () => {
    await expect(load({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    const stop = new AbortController();
    const onProgress = (loaded: number, total: number) => loaded > 0.11 * total && stop.abort();
    await expect(load({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('estimateSpeed', () => {
  const estimate = (aborted?: AbortSignal) =>
    estimateSpeed({
      entry,
      device: 'cpu',
      threads: 1,
      assetsUrl: folder.url,
      signal: aborted ?? signal,
      fetch: serving().fetch,
    });

  it('runs the model’s graph without having converted it', async () => {
    const figures = await estimate();
    expect(figures.completionTokens).toBeGreaterThan(4);
    for (const figure of [figures.decodeTokensPerSecond, figures.prefillTokensPerSecond, figures.peakBytes]) {
      expect(figure).toBeGreaterThan(0);
      expect(figure).toBeLessThan(Infinity);
    }
  });

  it('does not begin when aborted', async () => {
    await expect(estimate(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });
});
