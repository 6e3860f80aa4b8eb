// A model of an architecture of its own, laid out as on the hub: listed, downloaded with all its files, run by transformers.js in the
// extension, deleted; and nothing asked of any other machine.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHub, type Hub } from '../fakes/hub.ts';
import { tinyHubModel } from '../reference/tiny-hub-model.ts';
import { useBrowser } from './harness.ts';
import { listFiles, openModels, pressFile, pressIn, untilGone, untilState } from './models-page.ts';

const REPOSITORY = 'someone/Tiny-ONNX';
const FILE = 'onnx/model_quantized.onnx';
const ID = `${REPOSITORY}/${FILE}`;

const subject = useBrowser();
let hub: Hub;
let page: Page;
beforeAll(async () => {
  const files = await tinyHubModel({ contextLength: 4096 });
  hub = await openHub({ repository: REPOSITORY, files, card: { license: 'mit', language: 'en' } });
});
afterAll(() => hub.close());

test('is downloaded, writes on this machine, and is deleted', async () => {
  page = await openModels(subject.driver, hub.url);
  expect(await listFiles(page, REPOSITORY)).toEqual([`${FILE} · 1 MB · fits best`]);
  await pressFile(page, FILE);
  const card = await untilState(page, ID, 'installed');
  expect(await card.evaluate((element) => (element as HTMLElement).innerText)).toMatch(/^Tiny ONNX\s+ready/);
  expect(hub.fetched.map(({ file }) => file).sort()).toEqual([
    'config.json',
    'generation_config.json',
    FILE,
    `${FILE}_data`,
    'tokenizer.json',
    'tokenizer_config.json',
  ]);

  await page.waitForSelector(`#choice-summarize option[value="${ID}"]`);
  await page.select('#choice-summarize', ID);
  await page.waitForFunction(() => document.querySelector('#chosen-summarize')?.textContent.includes('Tiny ONNX'));
  await page.click('#benchmark .form-actions button');
  await page.waitForSelector('#benchmark .figures, #benchmark .unsure-note', { timeout: 90_000 });
  const figures = await page.$$eval('#benchmark dd, #benchmark .unsure-note', (items) =>
    items.map(({ textContent }) => textContent),
  );
  expect(figures.slice(0, 2)).toEqual(['Tiny ONNX', expect.stringMatching(/^CPU, \d threads?$/)]);
  // Tokens read per second: random weights may end the reply at once.
  expect(parseFloat(figures[4])).toBeGreaterThan(0);

  await page.select('#choice-summarize', 'automatic');
  await pressIn(await untilState(page, ID, 'installed'), 'Delete');
  await untilGone(page, ID);
  await page.close();
});
