// Between languages that no language pack has, a language model translates: only one that the reader has chosen, and said to be one.
import { afterEach, describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { pieces, startOpenAiServer, type CompletionRequest, type OpenAiServer } from '../servers/openai-server.ts';
import { chooseModels } from './choose-models.ts';
import { useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';
import { untilTranslated } from './translation-panel.ts';

/** No pack translates into it. */
const BELARUSIAN = 'be';
const TEXT = 'The river carries the salmon down to the sea.';
const SAID = 'Рака нясе ласосяў уніз да мора.';

describe('a language that no pack has', () => {
  const subject = useBrowser();
  let server: OpenAiServer;
  afterEach(async () => {
    await choose('automatic', false);
    await server.close();
  });

  async function choose(translate: string, isListed = true): Promise<void> {
    const panel = await subject.driver.openPanel(await subject.open('empty.html'));
    const { address } = server;
    const servers = [{ id: 'server', address, key: '', model: 'test-model', contextWindow: 4096 }];
    await chooseModels(panel, {
      servers: isListed ? servers : [],
      choices: { summarize: 'automatic', chat: 'automatic', rewrite: 'automatic', translate },
    });
    await panel.evaluate(async (translateTo) => {
      const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
      const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
      await storage.local.set({ settings: { translateTo } });
    }, BELARUSIAN);
  }

  /** The card about a selection, into Belarusian. */
  async function openCard(): Promise<Panel> {
    const page = await subject.open('selections.html');
    await page.evaluate((text) => {
      const paragraph = document.querySelector('#paragraph')!;
      paragraph.textContent = text;
      getSelection()!.selectAllChildren(paragraph);
    }, TEXT);
    await subject.driver.pressShortcut(page, 'translate');
    return subject.driver.card(page);
  }

  test('is said to be one where no model was chosen, and the server that is listed is sent nothing', async () => {
    server = await startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }) });
    await choose('automatic');
    const card = await openCard();
    expect(await card.waitFor(() => document.querySelector<HTMLElement>('.failure h3')?.innerText)).toBe(
      'No model translates from English into Belarusian.',
    );
    expect(server.asked).toEqual([]);
  });

  test('is translated by the server that was chosen for it, and the card says so', async () => {
    server = await startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }) });
    await choose('server');
    const card = await openCard();
    expect(await card.waitFor(() => document.querySelector<HTMLElement>('.by-model')?.innerText)).toBe(
      `Translated by test-model, a language model, for want of a language pack: it may be wrong. text goes to ${server.host}`,
    );
    expect(await card.text('.card-text')).toContain(SAID);
    const [{ body }] = server.completions();
    expect(JSON.stringify(body?.messages)).toContain('Translate the text from English into Belarusian.');
  });

  test('is on a page, too, what the chosen server translates; the page is put back as it was', async () => {
    server = await startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }) });
    await choose('server');
    const page = await subject.open('empty.html');
    await page.evaluate((text) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      document.body.append(paragraph);
    }, TEXT);
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const panel = await subject.driver.openPanel(page);
    await panel.click('#tab-translation');
    await panel.click('.main-action.primary:not(:disabled)');
    await untilTranslated(panel);
    expect(await page.evaluate(() => document.querySelector('inkling-translation')!.textContent)).toContain(SAID);
    expect(await panel.text('.by-model')).toContain('Translated by test-model, a language model, for want of a');
    const about = server.completions().filter(({ body }) => JSON.stringify(body?.messages).includes(TEXT));
    expect(about).toHaveLength(1);
    await panel.click('.translation-controls .buttons button:last-child');
    await panel.waitFor(() => document.querySelector('.translation-controls .primary'));
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  test('is one to read a summary in, too: by the chosen server, which is named; as written again at will', async () => {
    server = await startOpenAiServer({ answer: ({ messages }) => ({ pieces: pieces(inCyrillic(messages)) }) });
    await choose('server');
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await panel.click('#tab-summary');
    await pressMainButton(panel);
    await untilDone(panel);
    const written = await quotes(panel);
    expect(server.completions()).toEqual([]);
    await panel.choose('.read-in select', BELARUSIAN);
    await panel.waitFor(() => {
      const sentences = [...document.querySelectorAll('.part-quotes li')];
      return sentences.length > 0 && sentences.every(({ textContent }) => /\p{Script=Cyrillic}{3}/u.test(textContent));
    });
    const by = await panel.text('.read-in .by-model');
    expect(by).toContain('Translated by test-model, a language model, for want of a language pack');
    expect(by).toContain(`text goes to ${server.host}`);
    expect(server.completions()).toHaveLength(written.length);
    await panel.choose('.read-in select', '');
    expect(await quotes(panel)).toEqual(written);
  });
});

/** The fenced text of a request, letter by letter: numbers and order stay, as a translation's should. */
function inCyrillic(messages: CompletionRequest['messages']): string {
  const [, text = ''] = /<text>\s*([^]*?)\s*<\/text>/.exec(messages.at(-1)?.content ?? '') ?? [];
  const letters = 'абкдэфгхійклмнопкрстуввксыз';
  return text.replace(/[a-z]/gi, (letter) => {
    const cyrillic = letters[letter.toLowerCase().charCodeAt(0) - 97];
    return letter === letter.toLowerCase() ? cyrillic : cyrillic.toUpperCase();
  });
}
