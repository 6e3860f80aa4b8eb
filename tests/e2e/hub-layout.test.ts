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

test('is looked into by its small files, then downloaded whole', async () => {
  page = await openModels(subject.driver, hub.url);
  expect(await listFiles(page, REPOSITORY)).toEqual([`${FILE} · 1 MB · fits best`]);
  expect(hub.fetched.map(({ file }) => file).sort()).toEqual(['config.json', 'tokenizer_config.json']);
  hub.fetched.length = 0;
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
});

test('is measured on this machine, beside the packaged one, and deleted', async () => {
  // The packaged model, then this one, each in a row of its own.
  await (await page.$('#benchmark .form-actions button'))!.press('Enter');
  await page.waitForSelector('#benchmark[aria-busy=true]');
  await page.waitForSelector('#benchmark[aria-busy=false]', { timeout: 110_000 });
  const rows = await page.$$eval('#benchmark tbody tr', (items) =>
    items.map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
  );
  const [packaged, tiny] = rows;
  expect(rows).toHaveLength(2);
  expect(packaged.slice(0, 2)).toEqual([expect.stringMatching(/^SmolLM2 135M\s+CPU, \d threads?$/), 'passed']);
  expect(tiny.slice(0, 2)).toEqual([expect.stringMatching(/^Tiny ONNX\s+CPU, \d threads?$/), 'none']);
  for (const row of rows) {
    // Tokens read per second: random weights may end the reply at once.
    expect(parseFloat(row[4])).toBeGreaterThan(0);
    expect(row).toHaveLength(7);
  }
  await pressIn(await untilState(page, ID, 'installed'), 'Delete');
  await untilGone(page, ID);
  await page.close();
});
