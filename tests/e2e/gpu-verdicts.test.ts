// What is found out about a GPU is remembered when the browser ends: what a model has to do there, that it does something else, that
// it does it after all. In Chromium on its software adapter, which the extension is made to take for a GPU, for a tiny model alone.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, WebWorker } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChromiumDriver } from '../../scripts/browser/chromium.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { chooseModels } from './choose-models.ts';
import { chromium, isChromium } from './harness.ts';
import { openModels, untilState } from './models-page.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';
import { copyUsedProfile } from './used-profile.ts';

const MODEL = Buffer.from(tinyGguf({ contextLength: 2048, layers: 1, seed: 4 }));
const ID = `own-${createHash('sha256').update(MODEL).digest('hex').slice(0, 16)}`;
const ARGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** Each text is another: what has been written of one is kept, and would be shown again. */
const PAGES = Object.fromEntries(
  Array.from({ length: 9 }, (_, visit) => [
    `tides-${visit}.html`,
    `<!doctype html><html lang="en"><title>Tides</title><article><h1>Tides of day ${visit}</h1><p>${[
      'The tide rises and falls because the Moon pulls at the sea.',
      'As the Earth turns, most coasts see two high tides and two low ones, about six hours apart.',
      'The Sun pulls as well, though less, and where both stand in one line the tide is highest.',
    ].join(' ')}</p></article>`,
  ]),
);

describe.runIf(isChromium)('what a GPU computes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpu-'));
  const profile = join(folder, 'profile');
  const file = join(folder, 'tiny.gguf');
  let site: Site;

  beforeAll(async () => {
    copyUsedProfile('chromium', profile);
    writeFileSync(file, MODEL);
    site = await startSite(undefined, PAGES);
  });
  afterAll(() => {
    site.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });

  interface Session {
    driver: ChromiumDriver;
    /** The options page. */
    options: Page;
  }

  /** From the browser's start to its end. `spoils`: what the tiny model does on the GPU is not what it has to do. */
  async function session(spoils: boolean, visit: (session: Session) => Promise<void>): Promise<void> {
    const driver = chromium(await launch('chromium', { profile, withMenus: false, args: ARGS }));
    try {
      const options = await openModels(driver, 'https://models.invalid/');
      await options.evaluate(() =>
        chrome.runtime.sendMessage({ target: 'background', request: 'ensureHost', args: [] }),
      );
      await options.evaluate(TAKE_FOR_A_GPU);
      await driver.inHost(`{
        ${TAKE_FOR_A_GPU}
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message.kind === 'start' && message.device === 'gpu' && message.entry.id === '${ID}') {
            const { knownAnswer } = message.entry;
            const meanLogProb = knownAnswer.meanLogProb - ${spoils ? 5 : 0};
            message = { ...message, software: true, entry: { ...message.entry, knownAnswer: { ...knownAnswer, meanLogProb } } };
          }
          return post.call(this, message, ...rest);
        };
      }`);
      await visit({ driver, options });
      expect(driver.foreignRequests).toEqual([]);
    } finally {
      await driver.close();
    }
  }

  let visits = 0;

  /** What the panel says, with the reason, which is folded away, of where a page is summarized, once the model has begun to write. */
  async function status({ driver }: Session): Promise<string> {
    const page = await driver.openPage(`${site.url}tides-${visits++}.html`);
    const panel = await driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    await panel.click('.quiet-action');
    await panel.waitFor(() => document.querySelector('.part-written li'));
    const text = await panel.evaluate(() => document.querySelector('.status')!.textContent);
    await driver.closePanel();
    // Random weights may write for long.
    await page.close();
    return text;
  }

  test('is held to what the CPU has computed, and used where it is the same', async () => {
    await session(false, async (its) => {
      const { options } = its;
      await (await options.$('input[type=file]'))!.uploadFile(file);
      await untilState(options, ID, 'installed');
      await chooseModels(options, { choices: { summarize: ID, rewrite: ID, chat: ID, translate: ID } });
      expect(await status(its)).toMatch(/^tiny · CPU/);
      expect(await status(its)).toMatch(/^tiny · GPU/);
    });
  });

  test('goes away in the midst of an answer: that is said, and the CPU answers', async () => {
    await session(false, async ({ driver }) => {
      const page = await driver.openPage(`${site.url}tides-${visits++}.html`);
      const panel = await driver.openPanel(page);
      await pressMainButton(panel);
      await untilDone(panel);
      // So short a page is read without the model, which comes later.
      const { worker, ended } = await engineWorker(driver);
      await worker.evaluate(LOSE_DEVICE);
      await panel.click('.quiet-action');
      await panel.waitFor(() => document.querySelector('.failure'), { timeoutMs: 90_000 });
      expect(await panel.text('.failure')).toContain('The graphics processor stopped answering.');
      expect((await quotes(panel)).length).toBeGreaterThan(0);
      await ended;
      await panel.click('.failure .primary');
      await panel.waitFor(() => document.querySelector('.part-written li'), { timeoutMs: 90_000 });
      expect(await panel.text('.status')).toMatch(/^tiny · CPU/);
      expect(await panel.evaluate(() => document.querySelector('.status')!.textContent)).toMatch(LOST);
      await driver.closePanel();
      await page.close();
    });
  });

  test('is refused where it is something else, and stays so when the browser ends', async () => {
    await session(true, async (its) => expect(await status(its)).toMatch(REFUSED));
    await session(false, async (its) => {
      expect(await status(its)).toMatch(REFUSED);
      const { options } = its;
      await options.bringToFront();
      await (await options.$('#benchmark .form-actions button'))!.press('Enter');
      await options.waitForSelector('#benchmark[aria-busy=true]');
      await options.waitForSelector('#benchmark[aria-busy=false]', { timeout: 110_000 });
      const rows = await options.$$eval('#benchmark tbody tr', (items) =>
        items.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())),
      );
      expect(rows.map(([model, selfTest]) => `${model.replace(/, \d threads?/, '')}: ${selfTest}`)).toEqual([
        'SmolLM2 135M CPU: passed',
        expect.stringMatching(/^SmolLM2 135M GPU: .*software adapter/),
        'tiny CPU: passed',
        'tiny GPU: passed',
      ]);
      // Tokens read and written per second.
      for (const at of [4, 5]) expect(parseFloat(rows[3][at])).toBeGreaterThan(0);
      expect(await status(its)).toMatch(/^tiny · GPU/);
    });
  });
});

const REFUSED = /^tiny · CPU[^]*Not on the GPU: it failed a test with a known answer/;

const LOST = /Not on the GPU: it was lost during an answer/;

/** The worker that will have the model, and its end. */
async function engineWorker(driver: ChromiumDriver): Promise<{ worker: WebWorker; ended: Promise<void> }> {
  const isEngines = (worker: WebWorker) => worker.url().endsWith('/engine-worker.js');
  const target = driver.browser.targets().find((each) => each.url() === `${driver.extensionUrl}offscreen.html`);
  const host = await target!.asPage();
  const worker =
    host.workers().find(isEngines) ??
    (await new Promise<WebWorker>((resolve) => host.on('workercreated', (each) => isEngines(each) && resolve(each))));
  const ended = new Promise<void>((resolve) => host.on('workerdestroyed', (each) => each === worker && resolve()));
  return { worker, ended };
}

/** Runs in the worker: takes away the very device that the session runs on, as a driver that resets does, as soon as the answer has begun. */
const LOSE_DEVICE = `{
  const { requestDevice } = GPUAdapter.prototype;
  const { postMessage } = MessagePort.prototype;
  const devices = [];
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    devices.push(device);
    return device;
  };
  MessagePort.prototype.postMessage = function (message, ...rest) {
    postMessage.call(this, message, ...rest);
    if (message?.events?.some(({ kind }) => kind === 'delta')) for (const device of devices) device.destroy();
  };
}`;

/** Runs in a page of the extension: what looks at the adapter there cannot tell that it computes on the CPU. */
const TAKE_FOR_A_GPU = `void Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });`;
