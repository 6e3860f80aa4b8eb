// Measures extraction on saved pages (laid out as the test pages of mozilla/readability: source.html, expected.html),
// in a real browser, because what is visible needs layout. No network: every other request is blocked.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';

import type { Article } from '../lib/article.ts';
import type * as pageBundle from './page-bundle.ts';
import { findBrowser } from './setup/browsers.ts';

export interface ExtractedPage {
  name: string;
  /** Share of the expected words that were extracted (longest common subsequence), 0 to 1. */
  recall: number;
  /** Share of the extracted words that were expected. */
  precision: number;
  /** Without blocks where the page gave no text: that counts as nothing found. */
  article: Article;
  ms: number;
}

export interface ExtractionFigures {
  pages: ExtractedPage[];
  /** Means over the pages. */
  recall: number;
  precision: number;
}

/** Extracts every page of `folder` in headless Chromium and compares its words with `expected.html`. */
export async function evaluateExtraction(folder: string): Promise<ExtractionFigures> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const script = await bundlePageScript();
  const browser = await launchChromium();
  try {
    const pages: ExtractedPage[] = [];
    for (const name of names.toSorted()) pages.push(await measurePage(browser, script, folder, name));
    return {
      pages,
      recall: mean(pages.map((page) => page.recall)),
      precision: mean(pages.map((page) => page.precision)),
    };
  } finally {
    await browser.close();
  }
}

/** Headless Chromium. Pages are ours to open, so it may run where there is no sandbox (containers). */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('No Chromium on this machine: npm run setup');
  return puppeteer.launch({ executablePath, args: ['--no-sandbox'] });
}

/** lib/page as one classic script that puts `extractArticle` on `globalThis.inklingPage`. */
export async function bundlePageScript(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('page-bundle.ts', import.meta.url)),
        formats: ['iife'],
        name: 'inklingPage',
      },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (!('output' in bundle)) throw new Error('vite is watching');
  return bundle.output[0].code;
}

/** Opens `html` at an address of its own in a page that can reach nothing else. Its own inline scripts run: some show the text. */
export async function openOffline(
  browser: Browser,
  html: string,
  url = 'https://page.test/article',
  headers: Record<string, string> = {},
): Promise<Page> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url() === url) void request.respond({ contentType: 'text/html; charset=utf-8', headers, body: html });
    else void request.abort('aborted'); // a redirect by script then leaves the page as it is
  });
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

async function measurePage(browser: Browser, script: string, folder: string, name: string): Promise<ExtractedPage> {
  const source = await readFile(path.join(folder, name, 'source.html'), 'utf8');
  const page = await openOffline(browser, source, `https://${encodeURIComponent(name)}.test/article`);
  await page.evaluate(script);
  const result = await page.evaluate(() => {
    const start = performance.now();
    let article: Article | null = null;
    try {
      article = inklingPage.extractArticle(document);
    } catch (error) {
      if (!String(error).includes('no-content')) throw error;
    }
    return { article: article ?? inklingPage.emptyArticle(document), ms: performance.now() - start };
  });
  await page.close();

  const expectedPage = await openOffline(browser, await readFile(path.join(folder, name, 'expected.html'), 'utf8'));
  const expected = wordsOf(await expectedPage.evaluate(() => document.body.innerText));
  await expectedPage.close();
  const extracted = wordsOf(result.article.blocks.map((block) => block.text).join('\n'));
  const common = commonLength(expected, extracted);
  return { name, recall: common / (expected.length || 1), precision: common / (extracted.length || 1), ...result };
}

/** Words in lower case; each character of a script without spaces is one. */
function wordsOf(text: string): string[] {
  const word =
    /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}]+?(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[^\p{L}\p{M}\p{N}]|$)/gu;
  return text.normalize('NFC').toLowerCase().match(word) ?? [];
}

/** Length of the longest common subsequence. */
function commonLength(a: string[], b: string[]): number {
  const ids = new Map<string, number>();
  const idsOf = (words: string[]): number[] =>
    words.map((word) => {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      return id;
    });
  const [left, right] = [idsOf(a), idsOf(b)];
  let above = new Uint32Array(right.length + 1);
  let row = new Uint32Array(right.length + 1);
  for (const id of left) {
    for (let j = 0; j < right.length; j++) {
      row[j + 1] = id === right[j] ? above[j] + 1 : Math.max(above[j + 1], row[j]);
    }
    [above, row] = [row, above];
  }
  return above[right.length];
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

declare global {
  var inklingPage: typeof pageBundle;
}
