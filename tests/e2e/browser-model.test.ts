// The browser's own model: chosen for a task it writes, run by the browser; where the browser has none, nothing is offered and nothing
// answers in its place. Neither browser here has one that works, so Chromium's host and options page are given one that says what it
// is told to, and otherwise behaves as Chrome's.
import { afterEach, describe, expect, test } from 'vitest';
import type { ModelSettings } from '../../lib/engine/model-settings.ts';
import type { Panel } from '../../scripts/browser/panel.ts';
import { fakeNativeLanguageModels } from '../fakes/native-language-models.ts';
import { pieces } from '../servers/openai-server.ts';
import { chooseModels } from './choose-models.ts';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { pressMainButton, untilDone, untilQuoted } from './summary-panel.ts';

/** Not what the page says, so it is shown as doubtful. */
const SAID = 'On the last Sunday of August, Tomas Rehn counted 77 salmon from the footbridge.';

const chosen = (summarize: string): ModelSettings['choices'] => ({
  summarize,
  chat: 'automatic',
  rewrite: 'automatic',
  translate: 'automatic',
});

/** An expression that gives the document it runs in a model. */
const withModel = (state: string) =>
  `globalThis.LanguageModel = (${fakeNativeLanguageModels.toString()})({
    state: '${state}', pieces: () => ${JSON.stringify(pieces(SAID))},
  })`;

describe('the browser’s own model', () => {
  const subject = useBrowser();
  afterEach(async () => chooseModels(await subject.driver.panel(), { choices: chosen('automatic') }));

  async function openWith(summarize: string): Promise<Panel> {
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await chooseModels(panel, { choices: chosen(summarize) });
    return panel;
  }

  test('chosen where the browser has none: that is said, and no other model writes in its place', async () => {
    const panel = await openWith('browser');
    await pressMainButton(panel);
    expect(await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText)).toBe(
      'The model chosen for this is no longer there.',
    );
    expect(await untilQuoted(panel)).not.toEqual([]);
    expect(await panel.evaluate(() => document.querySelector('.part-written'))).toBeNull();
  });

  test.runIf(isChromium)('writes the summary, and the panel says who runs it', async () => {
    const panel = await openWith('browser');
    await ensureHost(panel);
    await chromium(subject.driver).inHost(withModel('available'));
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(
      /^the browser’s model · run by the browser, not by Inkling · .*on this device$/,
    );
    expect(await panel.text('.part-written mark.unsure')).toBe(SAID);
    expect(await panel.text('.part-written')).toMatch(/by the browser’s model/i);
  });

  // In Firefox the driver reaches no page of the extension but the panel.
  test.runIf(isChromium)(
    'is not offered where the browser has none; what it has to download, it is asked for',
    async () => {
      await openWith('automatic');
      const page = await subject.open('article.html');
      await page.goto(`${subject.driver.extensionUrl}options.html`);
      await page.waitForSelector('#choice-chat option');
      expect(await page.$('#browser-model')).toBeNull();
      expect(await page.$('#choice-chat option[value=browser]')).toBeNull();

      await page.evaluateOnNewDocument(withModel('downloadable'));
      await page.reload();
      await page.waitForSelector('#browser-model button');
      expect(await page.$('#choice-chat option[value=browser]')).toBeNull();
      await page.click('#browser-model button');
      await page.waitForSelector('#choice-chat option[value=browser]');
      expect(await page.$('#browser-model button')).toBeNull();
      await page.select('#choice-chat', 'browser');
      await page.waitForFunction(() =>
        document.querySelector('#chosen-chat')?.textContent.startsWith('The browser runs it'),
      );
      await page.close();
    },
  );
});

/** So that its document is there. */
async function ensureHost(panel: Panel): Promise<void> {
  await panel.evaluate(() => chrome.runtime.sendMessage({ target: 'background', request: 'ensureHost', args: [] }));
}
