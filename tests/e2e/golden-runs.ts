// What the golden outputs are of: fixed prompts, on every model that is here, each device and number of threads, in one browser.
// Compared by golden.test.ts, written anew by scripts/models/golden.ts.
import { createHash } from 'node:crypto';
import { DEFAULT_MODEL, type CatalogEntry } from '../../lib/model/catalog.ts';
import type { Driver } from '../../scripts/browser/driver.ts';
import { BUILT } from '../../scripts/browser/launch.ts';
import { startSite } from '../../scripts/browser/site.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { bundleWorker } from './worker-bundle.ts';

export interface GoldenRun {
  model: 'smollm2-135m-instruct' | 'tiny';
  device: 'cpu' | 'gpu';
  threads: number;
  prompts: readonly string[];
  /** At most; fewer where the reply ends. */
  newTokens: number;
}

/** `margin`: the least by which a token was ahead of the next best, in logits. Where it is small, another machine may choose otherwise. */
export interface Continuation {
  ids: number[];
  margin: number;
}

/** The software GPU. */
export const GPU_SWITCHES = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** Shared memory, which threads need, is only for pages that are isolated. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const SMOLLM2 = {
  model: 'smollm2-135m-instruct',
  prompts: ['What is the capital of France?', 'Count from one to five.', 'The opposite of hot is'],
  newTokens: 12,
} as const;
const TINY = { model: 'tiny', prompts: ['the', 'the cat and the hat in the sea', 'a'], newTokens: 8 } as const;

export const RUNS: readonly GoldenRun[] = [
  { ...SMOLLM2, device: 'cpu', threads: 1 },
  { ...SMOLLM2, device: 'cpu', threads: 2 },
  { ...TINY, device: 'cpu', threads: 1 },
  { ...TINY, device: 'cpu', threads: 2 },
  { ...TINY, device: 'gpu', threads: 1 },
];

/**
 * Firefox has no software adapter, and its extension pages have no shared memory: Inkling runs there on one thread. (On two, in a page
 * that has it, Firefox 153 now and then stops for good within a run.)
 */
export function runsIn({ name }: Pick<Driver, 'name'>): readonly GoldenRun[] {
  return RUNS.filter(({ device, threads }) => name === 'chromium' || (device === 'cpu' && threads === 1));
}

/** A page's worker for the runs, until it is closed. */
export async function openGoldenSite(driver: Driver) {
  const gguf = tinyGguf();
  const tiny: CatalogEntry = {
    ...DEFAULT_MODEL,
    id: 'tiny',
    weights: { name: 'tiny.gguf', bytes: gguf.length, sha256: createHash('sha256').update(gguf).digest('hex') },
    contextWindow: 256,
  };
  const generated = {
    'golden.html': '<!doctype html><title>Golden outputs</title>',
    'golden-worker.js': await bundleWorker('golden-worker.ts'),
    [`models/${tiny.weights.name}`]: gguf,
  };
  const site = await startSite(BUILT[driver.name], generated, ISOLATED);
  return {
    close: () => site.close(),
    async run(run: GoldenRun): Promise<Continuation[]> {
      const entry = run.model === 'tiny' ? tiny : DEFAULT_MODEL;
      const page = await driver.openPage(`${site.url}golden.html`);
      const outcome = await page.evaluate(
        (message) =>
          new Promise<unknown>((done, fail) => {
            const worker = new Worker('/golden-worker.js', { type: 'module' });
            worker.onmessage = ({ data }) => {
              worker.terminate();
              done(data);
            };
            worker.onerror = ({ message: reason }) => fail(new Error(reason));
            worker.postMessage(message);
          }),
        { ...run, entry },
      );
      await page.close();
      if (typeof outcome === 'string') throw new Error(outcome);
      return outcome as Continuation[];
    },
  };
}
