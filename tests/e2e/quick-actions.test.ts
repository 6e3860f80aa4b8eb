// The reader's own quick actions: from the context menu and the address bar, on a server that writes; and, on the built-in model, which
// cannot follow instructions, the offer of one that can.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QuickAction } from '../../lib/platform/settings.ts';
import type { Panel } from '../../scripts/browser/panel.ts';
import { pieces, startOpenAiServer, type OpenAiServer } from '../servers/openai-server.ts';
import { openChat, questions, untilTold } from './chat-panel.ts';
import { chooseModels } from './choose-models.ts';
import { useBrowser } from './harness.ts';

const COUNT: QuickAction = { id: 'count', name: 'Count fish', instruction: 'Count every fish.', appliesTo: 'page' };
const PLAIN: QuickAction = { id: 'plain', name: 'Plainly', instruction: 'Say it plainly.', appliesTo: 'selection' };
/** Not what the page says, so it is shown as doubtful. */
const SAID = 'Tomas Rehn counted 77 salmon from the footbridge.';
const AT_TEXT = 'article p:nth-of-type(4)';

describe('a quick action', () => {
  const subject = useBrowser();
  let server: OpenAiServer;
  beforeAll(async () => {
    server = await startOpenAiServer({ answer: () => ({ pieces: pieces(SAID) }) });
  });
  afterAll(() => server.close());

  test('on the built-in model offers one that writes, and makes nothing up', async () => {
    const panel = await subject.driver.openPanel(await subject.open('article.html'));
    await keep(panel, [COUNT, PLAIN]);
    await openChat(panel);
    await panel.click('.quick-actions button');
    expect(await panel.waitFor(() => document.querySelector<HTMLElement>('.offer')?.innerText)).toMatch(
      /^This needs a larger model.*\n+Choose a model$/,
    );
    expect(await panel.text('.answer')).toBe('');
    expect(await questions(panel)).toEqual(['Count fish']);
  });

  test('of the context menu is carried out on the page by a model that writes, and checked', async () => {
    const page = await subject.open('article.html');
    const first = await subject.driver.openPanel(page);
    await chooseModels(first, {
      servers: [{ id: 'server', address: server.address, key: '', model: 'test-model', contextWindow: 8192 }],
      choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'server', translate: 'automatic' },
    });
    await subject.driver.closePanel();
    await subject.driver.chooseMenuItem(page, 'quick action on page', await middleOf(page, AT_TEXT));
    const panel = await subject.driver.panel();
    await panel.waitFor(() => document.querySelector('.turn .said'));
    expect((await questions(panel)).at(-1)).toBe('Count fish');
    expect(await panel.text('.log > :last-child mark.unsure')).toBe(SAID);
    const [{ content }] = server.completions().at(-1)!.body!.messages.slice(-1);
    expect(content).toContain('chin on the planks and counted fish');
    expect(content.trim().endsWith(COUNT.instruction)).toBe(true);
  });

  test('of the context menu is carried out on what is selected', async () => {
    const page = await subject.open('article.html');
    const at = await middleOf(page, AT_TEXT);
    await page.evaluate((text) => getSelection()!.selectAllChildren(document.querySelector(text)!), AT_TEXT);
    const selected = await page.$eval(AT_TEXT, (paragraph) => paragraph.textContent.trim().slice(0, 40));
    await subject.driver.chooseMenuItem(page, 'quick action on selection', at);
    const panel = await subject.driver.panel();
    await panel.waitFor(() => document.querySelector('.turn[aria-label="Plainly"] .said'));
    expect(await panel.text('.log > :last-child .turn > .tag')).toBe('About: the selection');
    const content = server
      .completions()
      .at(-1)!
      .body!.messages.map((message) => message.content)
      .join('\n');
    expect(content).toContain(selected);
    expect(content).not.toContain('chin on the planks and counted fish');
    await chooseModels(panel, {
      servers: [],
      choices: { summarize: 'automatic', rewrite: 'automatic', chat: 'automatic', translate: 'automatic' },
    });
  });

  test('and any question can be typed after the keyword in the address bar', async () => {
    const page = await subject.open('article.html');
    await subject.driver.useKeyword(page, 'What did the final bill come to?');
    const panel = await subject.driver.panel();
    await untilAsked(panel, 'What did the final bill come to?');
    expect((await untilTold(panel)).quotes.join(' ')).toMatch(/1\.1 million/);
    await keep(panel, [COUNT, PLAIN]);
    await subject.driver.useKeyword(page, 'count fish');
    await panel.waitFor(
      () => document.querySelector('.turn[aria-label="Count fish"]') && document.querySelector('.offer'),
    );
  });

  test('is not needed to be told what a page is about', async () => {
    const page = await subject.open('article.html');
    await subject.driver.useKeyword(page, 'What is this page about?');
    const panel = await subject.driver.panel();
    await untilAsked(panel, 'What is this page about?');
    const told = await untilTold(panel);
    expect(told.outcome).toBe('answered');
    expect(told.quotes.length).toBeGreaterThan(2);
  });
});

async function untilAsked(panel: Panel, question: string): Promise<void> {
  await panel.waitFor((asked) => [...document.querySelectorAll('.turn')].at(-1)?.getAttribute('aria-label') === asked, {
    args: [question],
  });
}

/** As the options page keeps them. */
async function keep(panel: Panel, actions: QuickAction[]): Promise<void> {
  await panel.evaluate(async (json) => {
    const apis = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
    const { storage } = apis.browser ?? apis.chrome; // Firefox's own `chrome` takes callbacks
    const { settings } = await storage.local.get<{ settings: object }>('settings');
    await storage.local.set({ settings: { ...settings, quickActions: JSON.parse(json) as unknown } });
  }, JSON.stringify(actions));
  await panel.waitFor(() => document.querySelector('#tab-chat'));
}

async function middleOf(page: Awaited<ReturnType<ReturnType<typeof useBrowser>['open']>>, selector: string) {
  return page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
}
