// What the packages weigh. Mozilla takes an upload of 200 MB, which is a zip; the rest is what a reader waits for.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Package } from './packages.ts';
import { PACKAGES, packageFiles, readPackaged } from './packages.ts';

const ZIP_BYTES = 200 * 1000 ** 2;
const BACKGROUND_BYTES = 60 * 1000;
const PANEL_GZIP_BYTES = 150 * 1000;
/** Loaded when a PDF is read, and not before. */
const PDF_WORKER = 'pdf-worker.js';
const PDF_WORKER_GZIP_BYTES = 500 * 1000;
const PDF_TABLES_BYTES = 2 * 1000 ** 2;
const LARGE = ['models', 'ort', 'harper', PDF_WORKER];

/** The page's own file and what it loads at once, scripts and styles, through any number of chunks. */
function pageFiles(name: Package, page: string): Set<string> {
  const found = new Set<string>();
  const queue = [page];
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const text = readPackaged(name, file).toString();
    for (const [, linked] of text.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)) queue.push(linked);
    for (const [, chunk] of text.matchAll(/(?<!import\()["']\.\/([\w-]+\.js)["']/g)) queue.push(`chunks/${chunk}`);
  }
  return found;
}

/** What an offscreen document does not have; the messages' code names `tabs.sendMessage`, which only others call. */
const MORE_THAN_RUNTIME = /(?<!navigator)\.(storage|permissions|scripting|sidePanel|contextMenus|commands|i18n)\.\w/;

describe.each(PACKAGES)('%s', (name) => {
  const files = packageFiles(name);
  const bytes = (file: string) => readPackaged(name, file).byteLength;

  test('fits the stores', () => {
    // A zip holds each file deflated, as gzip does.
    const zipped = (file: string) => gzipSync(readPackaged(name, file), { level: 1 }).byteLength;
    expect(files.reduce((sum, file) => sum + zipped(file), 0)).toBeLessThan(ZIP_BYTES);
  });

  test('the panel is there before one has looked', () => {
    const panel = [...pageFiles(name, 'sidepanel.html')];
    expect(panel.filter((file) => file.endsWith('.js'))).not.toEqual([]);
    expect(panel.filter((file) => file.endsWith('.css'))).not.toEqual([]);
    const gzipped = panel.map((file) => gzipSync(readPackaged(name, file)).byteLength);
    expect(gzipped.reduce((sum, size) => sum + size)).toBeLessThan(PANEL_GZIP_BYTES);
  });

  test('carries each large file once', () => {
    const large = files.filter((file) => bytes(file) > 1000 ** 2);
    expect(large.filter((file) => !LARGE.includes(file.split('/')[0]))).toEqual([]);
    const contents = large.map((file) => createHash('sha256').update(readPackaged(name, file)).digest('hex'));
    expect(new Set(contents).size).toBe(large.length);
  });

  test('reads PDFs by a worker of its own, which weighs little more than pdf.js', () => {
    expect(gzipSync(readPackaged(name, PDF_WORKER)).byteLength).toBeLessThan(PDF_WORKER_GZIP_BYTES);
    const tables = files.filter((file) => file.startsWith('pdf/'));
    expect(tables.length).toBeGreaterThan(100);
    expect(tables.reduce((sum, file) => sum + bytes(file), 0)).toBeLessThan(PDF_TABLES_BYTES);
  });

  test('carries no source maps', () => expect(files.filter((file) => file.endsWith('.map'))).toEqual([]));
});

test("Chrome's service worker starts from a small file, so without the engine", () => {
  expect(readPackaged('chrome-mv3', 'background.js').byteLength).toBeLessThan(BACKGROUND_BYTES);
});

test("Chrome's offscreen document is given nothing that it cannot call: of the extension API it has only `runtime`", () => {
  const scripts = [...pageFiles('chrome-mv3', 'offscreen.html')].filter((file) => file.endsWith('.js'));
  expect(scripts).not.toEqual([]);
  expect(scripts.filter((file) => MORE_THAN_RUNTIME.test(readPackaged('chrome-mv3', file).toString()))).toEqual([]);
});
