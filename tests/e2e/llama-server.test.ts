// A real server of the reader's own: llama.cpp's, with the packaged model. It is added in the options, tried, writes, is stopped, and
// is down. Answers that nobody can ask of it, and errors: server.test.ts.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelSettings } from '../../lib/engine/model-settings.ts';
import { nameOf } from '../../lib/model/openai/server.ts';
import { findLlamaServer } from '../../scripts/setup/llama-server.ts';
import { MODEL_FILE, startLlamaServer, type LlamaServer } from '../servers/llama-server.ts';
import { pieces, startOpenAiServer, type OpenAiServer } from '../servers/openai-server.ts';
import { chooseModels } from './choose-models.ts';
import { useBrowser } from './harness.ts';
import { pressMainButton, untilDone, untilQuoted } from './summary-panel.ts';

const KEY = 'sk-of-the-test';
const NAME = nameOf({ model: MODEL_FILE });
const SAID = 'The night train between Lenz and Skarholm runs again from the first of May.';
const SOON_MS = 60_000;

const folder = findLlamaServer();
if (!folder)
  console.warn('llama.cpp’s server is not on this machine (scripts/setup/llama-server.ts): not tested with it');

describe.runIf(folder)('llama.cpp’s own server', () => {
  const subject = useBrowser();
  let server: LlamaServer;
  let next: OpenAiServer | undefined;
  beforeAll(async () => {
    server = await startLlamaServer(folder!, KEY);
  });
  afterAll(async () => {
    await next?.close();
    await server.kill();
  });

  test('is added in the options by its own list, tried, stopped and chosen', async () => {
    const { driver } = subject;
    await driver.allowSite(server.address);
    const page = await driver.openPage(`${driver.extensionUrl}options.html`);
    await press(page, '#servers > button');
    await page.type('.server-form input[type=text]', server.host);
    await page.type('.server-form input[type=password]', KEY);
    await press(page, '.server-form button[type=submit]');
    await page.waitForSelector('.server-form select');
    expect(await page.$$eval('.server-form select option', (all) => all.map((each) => each.textContent))).toEqual([
      NAME,
    ]);
    expect(await page.$eval('.server-form input[type=number]', ({ value }) => value)).toBe('2048');
    await press(page, '.server-form button.primary');

    expect(await page.$eval('.server .model-use', ({ textContent }) => textContent)).toMatch(/^Used for nothing yet/);

    await press(page, '.server .form-actions button');
    await page.waitForSelector('.trial-text', { timeout: SOON_MS });
    server.pause();
    await press(page, '.server .form-actions button');
    server.resume();
    await untilBrokenOff(server, 1);

    await press(page, '.server .form-actions button');
    await page.waitForFunction(() => document.querySelector('.trial')?.textContent.includes('first words after'), {
      timeout: SOON_MS,
    });
    expect(
      await page.$eval('.trial-text', ({ textContent }) => textContent.trim().split(/\s+/).length),
    ).toBeGreaterThan(3);

    const choice = await page.$$eval('#choice-summarize option', (options) => options.at(-1)!.value);
    await page.select('#choice-summarize', choice);
    await page.waitForFunction(
      (host) => document.querySelector('#chosen-summarize')?.textContent === `text goes to ${host}`,
      {},
      server.host,
    );
    expect(await page.$eval('.server .model-use', ({ textContent }) => textContent)).toMatch(
      /^Used now for: Summaries/,
    );
    await page.close();
  });

  test('writes a summary as it comes, and is heard to stop', async () => {
    const panel = await subject.driver.openPanel(await subject.open('note.html'));
    await pressMainButton(panel);
    await panel.waitFor(() => document.querySelector<HTMLElement>('.part-written')?.innerText.trim());
    server.pause();
    await pressMainButton(panel);
    await panel.waitFor(() => document.querySelector('.main-action.primary'));
    server.resume();
    await untilBrokenOff(server, 2);

    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(new RegExp(`^${NAME} · .*text goes to ${server.host}$`, 'i'));
    expect(await panel.text('.part-written')).toMatch(/train/i);
  });

  test('that is killed is named, or gives way to the next of the list', async () => {
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await pressMainButton(panel);
    await untilWriting(server);
    await server.kill();
    expect(await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText)).toContain(
      server.host,
    );
    expect(await untilQuoted(panel)).not.toEqual([]);

    next = await startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }) });
    const listed = [server, next].map(({ address }, index) => ({
      id: `server-${index}`,
      address,
      key: '',
      model: NAME,
      contextWindow: 4096,
    }));
    await chooseModels(panel, { servers: listed, choices: { ...AUTOMATIC, summarize: 'servers' } });
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status .leaves')).toBe(`text goes to ${next.host}`);
  });
});

const AUTOMATIC: ModelSettings['choices'] = {
  summarize: 'automatic',
  chat: 'automatic',
  rewrite: 'automatic',
  translate: 'automatic',
};

async function press(page: Page, selector: string): Promise<void> {
  const button = await page.waitForSelector(selector);
  await button!.press('Enter');
}

/** It has broken off so many answers, and computes no more. */
async function untilBrokenOff(server: LlamaServer, times: number): Promise<void> {
  await expect.poll(() => server.brokenOff(), { timeout: SOON_MS }).toBe(times);
  await expect.poll(() => server.isWriting(), { timeout: SOON_MS }).toBe(false);
}

function untilWriting(server: LlamaServer): Promise<void> {
  return expect.poll(() => server.isWriting(), { timeout: SOON_MS }).toBe(true);
}
