// A task on a server that the reader chose: streamed, stopped, down, taken over; and nothing sent anywhere without that choice.
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import type { ModelSettings } from '../../lib/engine/model-settings.ts';
import type { Server } from '../../lib/model/openai/server.ts';
import {
  errorBody,
  pieces,
  startOpenAiServer,
  type OpenAiServer,
  type ServerOptions,
} from '../servers/openai-server.ts';
import { chooseModels } from './choose-models.ts';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { pressMainButton, untilDone, untilQuoted } from './summary-panel.ts';

const KEY = 'sk-of-the-test';
/** Not what the page says, so it is shown as doubtful. */
const SAID = 'On the last Sunday of August, Tomas Rehn counted 77 salmon from the footbridge.';
const STOPS_WITHIN_MS = 2_000;

describe('a server of the reader’s choice', () => {
  const subject = useBrowser();
  let servers: OpenAiServer[] = [];
  let last: OpenAiServer;
  let panel: Panel;
  afterEach(async () => {
    await chooseModels(await subject.driver.panel(), { servers: [], choices: chosen('automatic') });
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  /** The panel over the article, with these servers listed and this choice for summaries. */
  async function openWith(options: ServerOptions[], summarize: (listed: Server[]) => string): Promise<Panel> {
    servers = await Promise.all(
      options.map((each) => startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }), ...each })),
    );
    last = servers[servers.length - 1];
    const listed = servers.map(({ address }, index): Server => ({
      id: `server-${index}`,
      address,
      key: KEY,
      model: 'test-model',
      contextWindow: 4096,
    }));
    panel = await subject.driver.openPanel(await subject.open('article.html'));
    await chooseModels(panel, { servers: listed, choices: chosen(summarize(listed)) });
    return panel;
  }

  const first = ([server]: Server[]) => server.id;

  test('listed and not chosen is sent nothing', async () => {
    await openWith([{}], () => 'automatic');
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(/on this device$/);
    expect(servers[0].asked).toEqual([]);
  });

  test('writes the summary, with its key, and the panel says where the text goes, before and after', async () => {
    await openWith([{ key: KEY }], first);
    await panel.waitFor((host) => document.querySelector('.status .leaves')?.textContent === `text goes to ${host}`, {
      args: [servers[0].host],
    });
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(new RegExp(`^test-model · .*text goes to ${servers[0].host}$`, 'i'));
    expect(await panel.text('.part-written mark.unsure')).toBe(SAID);
    expect(await panel.text('.part-written .tag-unsure')).toMatch(/number/i);
    const prompts = servers[0].completions().map(({ body }) => JSON.stringify(body?.messages));
    expect(prompts.some((prompt) => prompt.includes('chin on the planks and counted fish'))).toBe(true);
    expect(new Set(servers[0].asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${KEY}`]));
  });

  test('is shown as it writes, and hears at once that the reader has stopped', async () => {
    await openWith(
      [
        {
          answer: () => ({
            pieces: pieces(SAID),
            beforePiece: (index) => (index < 5 ? Promise.resolve() : new Promise(() => undefined)),
          }),
        },
      ],
      first,
    );
    await pressMainButton(panel);
    await panel.waitFor(() =>
      document.querySelector<HTMLElement>('.part-written')?.innerText.includes('On the last Sunday of'),
    );
    const stoppedMs = performance.now();
    await pressMainButton(panel);
    expect(await servers[0].completions()[0].closed).toBe(false);
    expect(performance.now() - stoppedMs).toBeLessThan(STOPS_WITHIN_MS);
    await panel.waitFor(() => document.querySelector('.main-action.primary'));
    expect(await panel.text('.failure')).toBe('');
  });

  test('that is down is named, and nothing of this machine writes in its place', async () => {
    await openWith([{}], first);
    const { host } = servers[0];
    await servers[0].close();
    servers = [];
    await pressMainButton(panel);
    expect(await untilFailed(panel)).toMatch(`${host} does not answer.`);
    expect(await untilQuoted(panel)).not.toEqual([]);
    expect(await panel.evaluate(() => document.querySelector('.part-written'))).toBeNull();
  });

  test.each([
    ['refuses the key', { key: 'another' }, / refuses the request\./],
    [
      'does not have the model',
      { answer: () => errorBody(404, 'no such model', 'model_not_found') },
      /not have the chosen model/,
    ],
    [
      'answers with a page',
      { answer: () => ({ status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' }) },
      /^The answer of \S+ was cut, or is none\./,
    ],
    ['breaks off', { answer: () => ({ pieces: pieces(SAID), cutAt: 3 }) }, /^The answer of \S+ was cut, or is none\./],
  ] satisfies [string, ServerOptions, RegExp][])('that %s: is said so', async (_, options, words) => {
    await openWith([options], first);
    await pressMainButton(panel);
    expect(await untilFailed(panel)).toMatch(words);
  });

  test('gives way to the next of the list where it is down', async () => {
    await openWith([{}, {}], () => 'servers');
    await servers[0].close();
    servers = [last];
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status .leaves')).toBe(`text goes to ${last.host}`);
    expect(last.completions().length).toBeGreaterThan(0);
  });

  test('keeps its key out of the reach of pages', async () => {
    await openWith([{}], first);
    const stored = await panel.evaluate(async () => {
      const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
      const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
      return JSON.stringify([
        await storage.local.get(null),
        await storage.session.get(null),
        await storage.sync.get(null),
      ]);
    });
    expect(stored).not.toContain(KEY);
  });

  // The same in both browsers, where llama.cpp's server is at hand: llama-server.test.ts.
  test.runIf(isChromium)('is added in the options, and tried', async () => {
    servers = [await startOpenAiServer({ key: KEY, models: [{ id: 'small' }, { id: 'large', max_model_len: 8192 }] })];
    const { address, host, asked } = servers[0];
    await chromium(subject.driver).allowSite(address);
    const page = await subject.open('article.html');
    panel = await subject.driver.openPanel(page);
    await page.goto(`${subject.driver.extensionUrl}options.html`);
    await page.click('#servers > button');
    await page.type('.server-form input[type=text]', host);
    await page.type('.server-form input[type=password]', KEY);
    expect(asked).toEqual([]);
    await page.click('.server-form button[type=submit]');
    await page.waitForSelector('.server-form select');
    await page.select('.server-form select', 'large');
    expect(await page.$eval('.server-form input[type=number]', (field) => field.value)).toBe('8192');
    await page.click('.server-form button.primary');
    await page.waitForSelector('.server h3');
    await page.click('.server .form-actions button');
    await page.waitForFunction(() =>
      document.querySelector('.trial')?.textContent.startsWith('Hellofirst words after '),
    );
    const choice = await page.$$eval('#choice-chat option', (options) => options.at(-1)!.value);
    await page.select('#choice-chat', choice);
    await page.waitForFunction(
      (to) => document.querySelector('#chosen-chat')?.textContent === `text goes to ${to}`,
      {},
      host,
    );
    await page.close();
  });
});

const chosen = (summarize: string): ModelSettings['choices'] => ({
  summarize,
  chat: 'automatic',
  rewrite: 'automatic',
  translate: 'automatic',
});

/** What the panel says of the failure. */
function untilFailed(panel: Panel): Promise<string> {
  return panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText);
}
