// The language rows: ours and its peers in one Chromium run, interleaved, and llama.cpp as a native program beside them.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { findBrowser } from '../setup/browsers.ts';
import type { Job } from './browser.ts';
import { median } from './median.ts';
import type { Plan, Timing } from './peer.ts';
import { peakResidentBytes, rendererPids } from './process-memory.ts';
import { serve } from './serve.ts';
import type { BenchWeights } from './weights.ts';

export const ENGINES = ['inkling', 'wllama', 'transformers.js', 'llama.cpp native'] as const;
export type Engine = (typeof ENGINES)[number];

export interface LanguageRow extends Timing {
  engine: Engine;
  threads: number;
  /** Most resident memory of the engine's process; for the native program, of that. */
  peakBytes: number;
}

export interface LanguageOptions {
  root: string;
  folder: string;
  weights: BenchWeights;
  plan: Plan;
  engines: readonly Engine[];
  threads: number[];
  runs: number;
}

/** Medians over `runs` interleaved runs of every engine at every thread count. */
export async function languageRows(options: LanguageOptions): Promise<LanguageRow[]> {
  const { root, folder, weights, engines, threads, runs } = options;
  await bundlePages(root, join(folder, 'pages'));
  const planFile = join(folder, 'plan.json');
  await writeFile(planFile, JSON.stringify(options.plan));
  const server = await serve({
    '/bench/': join(folder, 'pages'),
    '/weights/': folder,
    '/wllama/': join(root, 'node_modules/@wllama/wllama/esm/wasm'),
    '/transformers-ort/': transformersOrt(root),
    '/extension/': join(root, '.output/chrome-mv3'),
  });
  const program = findBrowser('chromium');
  if (!program) throw new Error('No Chromium here: run `npm run setup`.');
  const browser = await puppeteer.launch({
    executablePath: program,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    protocolTimeout: 1_800_000,
  });
  const rows: LanguageRow[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      for (const count of threads) {
        for (const engine of engines) {
          const row =
            engine === 'llama.cpp native'
              ? inNode(root, weights.q8Gguf, count, planFile)
              : await inBrowser(browser, server.origin, { engine, threads: count, plan: options.plan });
          rows.push(row);
          report(row);
        }
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  return medians(rows);
}

async function bundlePages(root: string, outdir: string): Promise<void> {
  await mkdir(outdir, { recursive: true });
  const entry = (name: string) => join(root, 'scripts/bench', `${name}.ts`);
  await build({
    entryPoints: ['browser', 'inkling-worker', 'transformers.js-worker'].map(entry),
    outdir,
    bundle: true,
    format: 'esm',
    target: 'chrome137',
    logLevel: 'error',
  });
  await copyFile(join(root, 'scripts/bench/browser.html'), join(outdir, 'browser.html'));
}

/** The files of the ONNX Runtime that transformers.js brings with it: another version than ours. */
function transformersOrt(root: string): string {
  return join(root, 'node_modules/@huggingface/transformers/node_modules/onnxruntime-web/dist');
}

async function inBrowser(browser: Browser, origin: string, job: Job): Promise<LanguageRow> {
  const before = new Set(await rendererPids(browser));
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(`  ${job.engine}: ${message.text()}`));
  try {
    await page.goto(`${origin}/bench/browser.html`);
    if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error('the page is not isolated: no threads');
    const timing = await page.evaluate((given) => window.runJob(given), job);
    const own = (await rendererPids(browser)).filter((pid) => !before.has(pid));
    const peaks = await Promise.all(own.map(peakResidentBytes));
    return { engine: job.engine, threads: job.threads, ...timing, peakBytes: Math.max(...peaks) };
  } finally {
    await page.close();
  }
}

/** In a process of its own, so that its memory is its own. */
function inNode(root: string, gguf: string, threads: number, planFile: string): LanguageRow {
  const script = join(root, 'scripts/bench/native.ts');
  const output = execFileSync('npx', ['tsx', script, gguf, String(threads), planFile], { encoding: 'utf8' });
  const result = JSON.parse(output.trim().split('\n').at(-1)!) as Timing & { peakBytes: number };
  return { engine: 'llama.cpp native', threads, ...result };
}

const FIGURES = [
  'loadMs',
  'ttftMs',
  'secondTtftMs',
  'prefillTokensPerSecond',
  'decodeTokensPerSecond',
  'summaryMs',
  'peakBytes',
] as const;

function medians(rows: LanguageRow[]): LanguageRow[] {
  const first = rows.filter(
    (row, index) => rows.findIndex(({ engine, threads }) => engine === row.engine && threads === row.threads) === index,
  );
  return first.map((row) => {
    const group = rows.filter(({ engine, threads }) => engine === row.engine && threads === row.threads);
    const middle = { ...row };
    for (const figure of FIGURES) {
      const values = group.map((one) => one[figure]).filter((value) => value !== null);
      middle[figure] = median(values);
    }
    return middle;
  });
}

function report(row: LanguageRow): void {
  const decode = row.decodeTokensPerSecond?.toFixed(1) ?? '-';
  console.log(
    `${row.engine}, ${row.threads} threads: load ${row.loadMs.toFixed(0)} ms, first token ${row.ttftMs.toFixed(0)} ms, ` +
      `second ${row.secondTtftMs.toFixed(0)} ms, prefill ${row.prefillTokensPerSecond.toFixed(0)}, decode ${decode} tok/s, ` +
      `summary ${(row.summaryMs / 1000).toFixed(1)} s, ${(row.peakBytes / 1e6).toFixed(0)} MB`,
  );
}
