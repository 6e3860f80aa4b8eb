// What a model has written is given again where the same is asked once more: marked, made anew when the reader wants that, and not kept
// where the reader does not.
import { afterAll, describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { pieces, startOpenAiServer, type OpenAiServer } from '../servers/openai-server.ts';
import { ask, openChat, startOver } from './chat-panel.ts';
import { chooseModels } from './choose-models.ts';
import { isChromium, useBrowser } from './harness.ts';
import { pressMainButton, untilDone } from './summary-panel.ts';

const QUESTION = 'When does the night train leave Lenz?';
const ANSWER = 'The night train leaves Lenz at 22:10 on three evenings a week.';
const EARLIER = /from earlier \(.+\)/i;

describe('what a model wrote', () => {
  const subject = useBrowser();
  let server: OpenAiServer | undefined;
  afterAll(() => server?.close());

  test('as a summary is given again, marked, until it is run again', async () => {
    const panel = await subject.driver.openPanel(await subject.open('note.html'));
    await panel.waitFor(() => document.querySelector('.main-action:not(:disabled)'));
    await panel.choose('.controls select', 'headline'); // the least to write
    const first = await letModelWrite(panel);
    expect(first.outcome).not.toMatch(EARLIER);

    const second = await letModelWrite(panel);
    expect(second.outcome).toMatch(EARLIER);
    expect(second.text).toBe(first.text);
    expect(await panel.text('.status')).toMatch(/SmolLM2 135M · CPU/);

    await panel.evaluate(() => [...document.querySelectorAll<HTMLElement>('.actions button')].at(-1)!.click());
    const again = await untilWritten(panel, false);
    // Greedy, but in int8 a draft of several tokens rounds otherwise than single steps: not always the same words.
    expect(again.text).not.toBe('');
    expect(await storedResults(panel)).toBe(1);
  });

  test('as an answer is given again without asking anybody, until it is asked again or nothing is to be kept', async () => {
    const panel = await subject.driver.openPanel(await subject.open('note.html'));
    server = await startOpenAiServer({ answer: () => ({ pieces: pieces(ANSWER) }) });
    const { address } = server;
    await chooseModels(panel, {
      servers: [{ id: 'server', address, key: '', model: 'test-model', contextWindow: 4096 }],
      choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'server', translate: 'automatic' },
    });
    await openChat(panel);
    await ask(panel, QUESTION);
    expect(await untilAnswered(panel)).not.toMatch(EARLIER);
    // A page is not sent ahead of a question.
    expect(server.completions()).toHaveLength(1);

    await startOver(panel);
    await ask(panel, QUESTION);
    expect(await untilAnswered(panel)).toMatch(EARLIER);
    expect(await panel.text('.answer')).toContain(ANSWER);
    expect(server.completions()).toHaveLength(1);

    await panel.evaluate(() => document.querySelectorAll<HTMLElement>('.turn-actions button')[1].click());
    await panel.waitFor(() => {
      const said = document.querySelector<HTMLElement>('.turn-actions')?.innerText;
      return said !== undefined && !/from earlier/i.test(said);
    });
    expect(server.completions()).toHaveLength(2);

    const stored = await storedResults(panel);
    await keepResults(panel, false);
    for (const asked of [QUESTION, `${QUESTION} Please.`]) {
      await startOver(panel);
      await ask(panel, asked);
      expect(await untilAnswered(panel)).not.toMatch(EARLIER);
    }
    expect(server.completions()).toHaveLength(4);
    expect(await storedResults(panel)).toBe(stored);
    await keepResults(panel, true);
    await chooseModels(panel, {
      servers: [],
      choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'automatic', translate: 'automatic' },
    });
  });

  // In Firefox the driver reaches no page of the extension but the panel.
  test.runIf(isChromium)('is counted in the options, and deleted there', async () => {
    const page = await subject.open('note.html');
    const panel = await subject.driver.openPanel(page);
    expect(await storedResults(panel)).toBeGreaterThan(0);
    await page.goto(`${subject.driver.extensionUrl}options.html`);
    const size = () => page.$eval('#privacy .form-actions [role=status]', ({ textContent }) => textContent);
    await page.waitForSelector('#privacy .form-actions button:not(:disabled)');
    await page.waitForFunction(() => /take [1-9]\d* kB/.test(document.querySelector('#privacy')!.textContent));
    expect(await page.$eval('input[name=keep-results]', ({ checked }) => checked)).toBe(true);
    await page.click('#privacy .form-actions button');
    await page.waitForFunction(() => document.querySelector('#privacy')!.textContent.includes('take 0 kB'));
    expect(await size()).toBe('Earlier results take 0 kB.');
    expect(await storedResults(panel)).toBe(0);
  });
});

/** Summarizes anew and then presses what lets the model write: what it wrote, and what is said of it. */
async function letModelWrite(panel: Panel): Promise<Written> {
  await pressMainButton(panel);
  await panel.waitFor(() => document.querySelector('.quiet-action') && !document.querySelector('.part-written'));
  await untilDone(panel);
  await panel.click('.quiet-action');
  return untilWritten(panel);
}

interface Written {
  text: string;
  outcome: string;
}

/** `earlier`: whether it may be what was written earlier. */
async function untilWritten(panel: Panel, earlier = true): Promise<Written> {
  const found = await panel.waitFor(
    (mayBeEarlier) => {
      const busy = document.querySelector('.main-action:not(.primary)');
      const text = document.querySelector<HTMLElement>('.part-written li:not(.draft)')?.innerText;
      const outcome = document.querySelector<HTMLElement>('.outcome .activity')?.innerText ?? '';
      const isIt = !busy && text && (mayBeEarlier || !/from earlier/i.test(outcome));
      return isIt ? JSON.stringify({ text, outcome }) : null;
    },
    { args: [earlier], timeoutMs: 100_000 },
  );
  return JSON.parse(found) as Written;
}

/** Resolves when the only turn is answered: what is said beside it. */
function untilAnswered(panel: Panel): Promise<string> {
  return panel.waitFor(() => document.querySelector<HTMLElement>('.turn-actions')?.innerText);
}

/** As the options page does. */
async function keepResults(panel: Panel, on: boolean): Promise<void> {
  await panel.evaluate(async (keep) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { storage } = apis.browser ?? apis.chrome;
    const { settings } = await storage.local.get<{ settings: object }>('settings');
    await storage.local.set({ settings: { ...settings, keepResults: keep } });
  }, on);
}

function storedResults(panel: Panel): Promise<number> {
  return panel.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('results');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction('results').objectStore('results').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
