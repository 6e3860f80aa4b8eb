// The translation rows: ours and Bergamot's on the same models and text, interleaved in one Chromium run, one and two workers each.
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { KERNELS } from '../../lib/model/load-translator.ts';
import { segment } from '../../lib/tasks/sentences.ts';
import { compileKernels } from '../marian-kernels.ts';
import { findBrowser } from '../setup/browsers.ts';
import { median } from './median.ts';
import { peakResidentBytes, rendererPids } from './process-memory.ts';
import { serve } from './serve.ts';
import type { TranslationJob } from './translation-browser.ts';
import { BATCHES, type TranslationPlan } from './translation-peer.ts';

export interface TranslationRow {
  engine: TranslationJob['engine'];
  workers: number;
  /** Sentences per call. */
  batch: number;
  wordsPerSecond: number;
  sentenceMs: number;
  loadMs: number;
  /** Most resident memory of the page's process, workers included. */
  peakBytes: number;
}

export interface TranslationOptions {
  root: string;
  folder: string;
  /** English, a paragraph a line. */
  article: string;
  runs: number;
}

const ENGINES: TranslationJob['engine'][] = ['inkling', 'bergamot'];
const WORKERS = [1, 2];
const FIGURES = ['wordsPerSecond', 'sentenceMs', 'loadMs', 'peakBytes'] as const;

/** Medians over `runs` interleaved runs of both engines at every number of workers. */
export async function translationRows({ root, folder, article, runs }: TranslationOptions): Promise<TranslationRow[]> {
  const pages = join(folder, 'translation');
  await bundlePages(root, pages);
  const server = await serve({
    '/bench/': pages,
    '/models/': join(root, '.cache/models'),
    '/bergamot/': join(root, 'node_modules/@browsermt/bergamot-translator/worker'),
  });
  const program = findBrowser('chromium');
  if (!program) throw new Error('No Chromium here: run `npm run setup`.');
  const browser = await puppeteer.launch({
    executablePath: program,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    protocolTimeout: 600_000,
  });
  const plan = planOf(article);
  const rows: TranslationRow[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      for (const workers of WORKERS) {
        for (const engine of ENGINES)
          rows.push(...(await inBrowser(browser, server.origin, { engine, workers, plan })));
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  return medians(rows);
}

/** Curly quotes and dashes, which the models lack, are straightened for both engines. */
function planOf(article: string): TranslationPlan {
  const straight = article.replace(/[“”]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, '-');
  const sentences = straight
    .split('\n')
    .flatMap((paragraph) => segment(paragraph, 'en').map(({ start, end }) => paragraph.slice(start, end)))
    .toSorted((a, b) => b.length - a.length);
  const words = (text: string) => text.split(' ').length;
  return { sentences, single: sentences.filter((text) => words(text) >= 18 && words(text) <= 22) };
}

async function bundlePages(root: string, outdir: string): Promise<void> {
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: ['translation-browser', 'translation-worker'].map((name) => join(root, 'scripts/bench', `${name}.ts`)),
    outdir,
    bundle: true,
    format: 'esm',
    target: 'chrome137',
    logLevel: 'error',
  });
  await copyFile(join(root, 'scripts/bench/translation.html'), join(outdir, 'translation.html'));
  await mkdir(dirname(join(outdir, KERNELS)), { recursive: true });
  await copyFile(compileKernels(), join(outdir, KERNELS));
}

async function inBrowser(browser: Browser, origin: string, job: TranslationJob): Promise<TranslationRow[]> {
  const before = new Set(await rendererPids(browser));
  const page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(`  ${job.engine}: ${message.text()}`));
  try {
    await page.goto(`${origin}/bench/translation.html`);
    const timing = await page.evaluate((given) => window.runTranslation(given), job);
    const own = (await rendererPids(browser)).filter((pid) => !before.has(pid));
    const peakBytes = Math.max(...(await Promise.all(own.map(peakResidentBytes))));
    const { engine, workers } = job;
    const { loadMs, sentenceMs, wordsPerSecond } = timing;
    console.log(
      `${engine}, ${workers} workers: load ${loadMs.toFixed(0)} ms, sentence ${sentenceMs.toFixed(1)} ms, ` +
        `${BATCHES.map((batch) => `${wordsPerSecond[batch].toFixed(0)} words/s by ${batch}`).join(', ')}, ` +
        `${(peakBytes / 1e6).toFixed(0)} MB`,
    );
    return BATCHES.map((batch) => ({
      ...{ engine, workers, batch, wordsPerSecond: wordsPerSecond[batch] },
      ...{ sentenceMs, loadMs, peakBytes },
    }));
  } finally {
    await page.close();
  }
}

function medians(rows: TranslationRow[]): TranslationRow[] {
  const key = ({ engine, workers, batch }: TranslationRow) => `${engine} ${workers} ${batch}`;
  return [...new Set(rows.map(key))].map((wanted) => {
    const group = rows.filter((row) => key(row) === wanted);
    const middle = { ...group[0] };
    for (const figure of FIGURES) middle[figure] = median(group.map((row) => row[figure]));
    return middle;
  });
}
