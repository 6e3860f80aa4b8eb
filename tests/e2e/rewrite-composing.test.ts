// Rewriting in a model's own words, end to end: a server's model, and the default model's weights as a file of the reader's, which may
// compose because nobody has measured that it may not.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import type { ModelSettings } from '../../lib/engine/model-settings.ts';
import { DEFAULT_MODEL } from '../../lib/model/catalog.ts';
import { pieces, startOpenAiServer, type OpenAiServer, type Reply } from '../servers/openai-server.ts';
import { useBrowser } from './harness.ts';
import { openModels } from './models-page.ts';
import { choose, focusOn, resultOf, undo, untilClosed, untilProposed, valueOf } from './rewrite-card.ts';

const LETTER = 'Hi Anna, can you send me the 3 reports by 15 May? Thanks';
const LOADS_WITHIN_MS = 170_000;

describe('rewriting in a model’s own words', () => {
  const subject = useBrowser();
  let server: OpenAiServer;
  let page: Page;

  describe('on a server', () => {
    afterEach(() => server.close());

    test('streams into the card, shows what changes, and is applied as one step of undo', async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const formal = 'Dear Anna, could you please send me the 3 reports by 15 May? Thank you';
      await openWith(LETTER, () => ({ pieces: pieces(formal), beforePiece: (index) => (index < 4 ? null : held)! }));
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'formal');
      await card.waitFor(() => document.querySelector('.rewrite-text')?.textContent === 'Dear Anna, could you');
      expect(await card.text('.card-note')).toBe(`text goes to ${server.host}`);
      expect(await valueOf(page)).toBe(LETTER);
      release();

      const changes = await untilProposed(card);
      expect(changes).toContainEqual(
        expect.stringMatching(/^“can you” becomes “could you please”|^“can” becomes “could”/),
      );
      for (const change of changes) expect(change).toMatch(/test-model/i);
      expect(await card.evaluate(() => document.querySelectorAll('[aria-checked=false]').length)).toBe(0);
      expect(await resultOf(card)).toBe(formal);
      await page.keyboard.press('Enter');
      await untilClosed(page);
      expect(await valueOf(page)).toBe(formal);
      await undo(page);
      expect(await valueOf(page)).toBe(LETTER);

      const [asked] = server.completions();
      expect(server.completions()).toHaveLength(1);
      expect(asked.body?.messages.at(-1)?.content).toMatch(/formal[^]*<text>\nHi Anna[^]*<\/text>[^]*formal/);
    });

    test('what loses a number is asked for once more, then shown as unsure and not taken', async () => {
      const text = LETTER.replace('Hi', 'Hello');
      await openWith(text, () => ({ pieces: pieces(text.replace('can', 'could').replace('3 ', '')) }));
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'formal');
      const changes = await untilProposed(card);
      expect(server.completions().map(({ body }) => body!.messages.at(-1)!.content.includes('every number'))).toEqual([
        false,
        true,
      ]);
      expect(changes.filter((change) => change.includes('Unsure: a number changes'))).toHaveLength(1);
      const left = await card.evaluate(() => document.querySelector('[aria-checked=false]')?.ariaLabel);
      expect(left).toContain('Unsure: a number changes');
      await page.keyboard.press('Enter');
      await untilClosed(page);
      expect(await valueOf(page)).toBe(text.replace('can', 'could'));
    });

    test('corrects another language than English: the model alone, which is named', async () => {
      const faulty = 'Gestern habe ich mit mein Bruder über den Urlaub gesprochen.';
      const correct = faulty.replace('mein ', 'meinem ');
      await openWith(faulty, () => ({ pieces: pieces(correct) }));
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'fix-grammar');
      const [change, ...others] = await untilProposed(card);
      expect(others).toEqual([]);
      expect(change).toMatch(/^“mein” becomes “meinem”.*test-model/i);
      expect(change).not.toMatch(/grammar checker/);
      await page.keyboard.press('Enter');
      await untilClosed(page);
      expect(await valueOf(page)).toBe(correct);
    });

    test('is stopped by Esc, which the server hears, and nothing has changed', async () => {
      const text = `${LETTER} a lot`;
      const silence = new Promise(() => undefined);
      await openWith(text, () => ({ pieces: pieces(text), beforePiece: (index) => (index < 2 ? null : silence)! }));
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'friendly');
      await card.waitFor(() => document.querySelector('.rewrite-text')?.textContent === 'Hi Anna,');
      await page.keyboard.press('Escape');
      await untilClosed(page);
      expect(await server.completions()[0].closed).toBe(false);
      expect(await valueOf(page)).toBe(text);
      expect(await page.evaluate(() => document.activeElement!.id)).toBe('field');
    });

    test('that is down is named; the text stays, and the card can be asked again', async () => {
      const text = `${LETTER} again`;
      await openWith(text, () => ({ pieces: pieces(text) }));
      const { host } = server;
      await server.close();
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'simplify');
      const said = await card.waitFor(() => document.querySelector<HTMLElement>('[role=alert]')?.innerText);
      expect(said).toContain(`${host} does not answer.`);
      expect(await card.text('[role=alert] .primary')).not.toBe('');
      await page.keyboard.press('Escape');
      await untilClosed(page);
      expect(await valueOf(page)).toBe(text);
    });
  });

  test(
    'on the default model: its mechanism, whatever its taste',
    async () => {
      const weights = resolve(import.meta.dirname, '../../.cache/models', DEFAULT_MODEL.weights.name);
      const id = `own-${createHash('sha256').update(readFileSync(weights)).digest('hex').slice(0, 16)}`;
      const options = await openModels(subject.driver, 'http://127.0.0.1/');
      await (await options.$('input[type=file]'))!.uploadFile(weights);
      await options.waitForSelector(`[data-model="${id}"][data-state="installed"]`, { timeout: LOADS_WITHIN_MS });
      await options.close();
      await openPage(LETTER, {
        choices: { summarize: 'automatic', chat: 'automatic', rewrite: id, translate: 'automatic' },
      });
      await subject.driver.pressShortcut(page, 'rewrite');
      const card = await subject.driver.card(page);
      await choose(card, 'improve');
      await untilWriting(card);
      expect(await valueOf(page)).toBe(LETTER);
      await card.waitFor(() => document.querySelector('.change'), { timeoutMs: LOADS_WITHIN_MS });
      // What does not hold is not taken until the reader says so.
      if (await card.evaluate(() => !document.querySelector('[aria-checked=true]'))) await page.keyboard.press(' ');
      await card.waitFor(() => document.querySelector('[aria-checked=true]'));
      const expected = await resultOf(card);
      expect(expected).not.toBe(LETTER);
      await page.keyboard.press('Enter');
      await untilClosed(page);
      expect(await valueOf(page)).toBe(expected);
      await undo(page);
      expect(await valueOf(page)).toBe(LETTER);
    },
    3 * LOADS_WITHIN_MS,
  );

  /** A field with that text, and a server that writes so, chosen for rewriting. */
  async function openWith(text: string, answer: () => Reply): Promise<void> {
    server = await startOpenAiServer({ answer });
    const { address } = server;
    await openPage(text, {
      servers: [{ id: 'server', address, key: '', model: 'test-model', contextWindow: 4096 }],
      choices: { summarize: 'automatic', chat: 'automatic', rewrite: 'server', translate: 'automatic' },
    });
  }

  async function openPage(text: string, settings: Partial<ModelSettings>): Promise<void> {
    page = await subject.open('writing.html');
    const panel = await subject.driver.openPanel(page);
    await panel.evaluate(async (json) => {
      const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
      const { runtime } = apis.browser ?? apis.chrome;
      await runtime.sendMessage({ target: 'background', request: 'changeModelSettings', args: [JSON.parse(json)] });
    }, JSON.stringify(settings));
    await subject.driver.closePanel();
    await page.bringToFront();
    await page.$eval('#field', (field, value) => ((field as HTMLTextAreaElement).value = value), text);
    await focusOn(page, '#field');
  }
});

/** Until the card shows what a model has written so far. */
async function untilWriting(card: Panel): Promise<void> {
  await card.waitFor(
    () => {
      const alert = document.querySelector<HTMLElement>('[role=alert]');
      if (alert) throw new Error(`it says: ${alert.innerText}`);
      return document.querySelector('.rewrite-text:not(.rewrite-before)');
    },
    { timeoutMs: LOADS_WITHIN_MS },
  );
}
