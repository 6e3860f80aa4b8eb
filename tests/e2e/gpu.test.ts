// The GPU path in Chromium on its software adapter: a tiny model on it writes, its numbers are what the weights say, and where they
// are not, it is refused. In the product a software adapter is always refused, because it is slower than WebAssembly.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_MODEL, type CatalogEntry } from '../../lib/model/catalog.ts';
import { GgufFile } from '../../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../../lib/model/gguf/tokenizer.ts';
import { logSumExp } from '../../lib/model/runtime/score.ts';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import { BUILT } from '../../scripts/browser/launch.ts';
import { llamaLogits } from '../reference/llama-fp32.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import type { GpuTrial } from './gpu-worker.ts';
import { isChromium, useBrowser } from './harness.ts';
import { bundleWorker } from './worker-bundle.ts';

const TEXT = 'the cat and the hat in the sea and '.repeat(6);
/** As many as the self-test looks at. */
const SCORED_TOKENS = 63;
const STOPS_WITHIN_MS = 300;

describe.runIf(isChromium)('a model on the GPU', () => {
  const subject = useBrowser({ args: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] });
  let site: Site;
  let entry: CatalogEntry;

  beforeAll(async () => {
    const gguf = tinyGguf();
    entry = await entryFor(gguf);
    site = await startSite(BUILT.chromium, {
      'gpu.html': '<!doctype html><title>GPU</title>',
      'gpu-worker.js': await bundleWorker('gpu-worker.ts'),
      [`models/${entry.weights.name}`]: gguf,
    });
  });
  afterAll(() => site.close());

  async function tryModel(trial: Partial<GpuTrial> = {}): Promise<string> {
    const page = await subject.driver.openPage(`${site.url}gpu.html`);
    return page.evaluate(
      (message) =>
        new Promise<string>((done, fail) => {
          const worker = new Worker('/gpu-worker.js', { type: 'module' });
          worker.onmessage = ({ data }: MessageEvent<string>) => done(data);
          worker.onerror = ({ message: reason }) => fail(new Error(reason));
          worker.postMessage(message);
        }),
      { entry, perturbEvery: 0, acceptSoftware: true, ...trial },
    );
  }

  test('is accepted where its numbers are right', async () => {
    const outcome = await tryModel({ generations: 12 });
    expect(outcome).toMatch(/^wrote: [^]/);
    // No more memory of the GPU is held after many answers than after a few, and none in the end.
    expect(outcome).toMatch(/; held [1-9]\d+, 0 more in the end, 0 afterwards$/);
  });

  test('stops between two tokens', async () => {
    const outcome = await tryModel({ then: 'stop' });
    expect(outcome).toMatch(/aborted/);
    expect(Number(/^ended in ([\d.]+) ms/.exec(outcome)?.[1])).toBeLessThan(STOPS_WITHIN_MS);
  });

  test('says so when its device is lost in the midst of an answer, and never runs again', async () => {
    expect(await tryModel({ then: 'lose the device' })).toMatch(/^ended in [^]*device-lost[^]*; then [^]*device-lost/);
  });

  test('is refused where they are not', async () => {
    expect(await tryModel({ perturbEvery: 7 })).toMatch(/self-test/);
  });

  test('is refused on a software adapter', async () => {
    expect(await tryModel({ acceptSoftware: false })).toMatch(/software adapter/);
  });
});

/** A catalog entry whose known answer comes from the exact forward pass. */
async function entryFor(gguf: Uint8Array<ArrayBuffer>): Promise<CatalogEntry> {
  const file = await GgufFile.open(gguf.buffer);
  const tokenizer = tokenizerFromGguf(file.metadata);
  const ids = tokenizer.encode(TEXT);
  const logits = await llamaLogits(file, ids);
  const size = logits.length / ids.length;
  const rowAt = (position: number) => logits.subarray(position * size, (position + 1) * size);
  let sum = 0;
  for (let at = ids.length - SCORED_TOKENS; at < ids.length; at++) {
    const row = rowAt(at - 1);
    sum += row[ids[at]] - logSumExp(row);
  }
  const last = rowAt(ids.length - 1);
  const best = [...last.keys()].sort((a, b) => last[b] - last[a]).slice(0, 3);
  return {
    ...DEFAULT_MODEL,
    id: 'tiny',
    weights: { name: 'tiny.gguf', bytes: gguf.length, sha256: createHash('sha256').update(gguf).digest('hex') },
    contextWindow: 256,
    knownAnswer: {
      text: TEXT,
      meanLogProb: sum / SCORED_TOKENS,
      next: best.map((id) => new TextDecoder().decode(tokenizer.bytesOf(id))),
    },
  };
}
