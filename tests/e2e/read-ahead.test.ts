// The page is read ahead of a question in whichever part the panel opens, and left as soon as something is asked for or the page is gone. Seen
// from inside the host, by what it says to its worker.
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from '../../scripts/browser/panel.ts';
import { ask, openChat, untilTold } from './chat-panel.ts';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { articleOfWords } from './long-article.ts';
import { pressMainButton, untilDone } from './summary-panel.ts';

/** Long enough to be read for seconds. */
const HUGE_PAGE = articleOfWords(50_000);
/** With other sentences: those of the first that have been read are known. */
const OTHER_PAGE = HUGE_PAGE.replaceAll('.', ', they say.');

describe('the page in front', () => {
  const subject = useBrowser({ pages: { 'huge.html': HUGE_PAGE, 'other.html': OTHER_PAGE } });
  let page: Page;
  let panel: Panel;

  beforeAll(async () => {
    await subject.driver.allowSite(subject.site.url);
    page = await subject.open('note.html');
    panel = await subject.driver.openPanel(page);
    // A question, so that the host runs.
    await openChat(panel);
    await ask(panel, 'What does the note say?');
    await untilTold(panel);
    await panel.click('#tab-summary');
    await overhear();
  });

  test('is read ahead beside a summary, until it is left or a summary is asked for, and again after that', async () => {
    await page.goto(`${subject.site.url}huge.html`);
    await untilSaid('read-ahead');
    await page.goto(`${subject.site.url}empty.html`);
    await untilSaid('read-ahead abort');

    await page.goto(`${subject.site.url}other.html`);
    await untilSaid('read-ahead abort read-ahead');
    await pressMainButton(panel);
    await untilSaid('read-ahead abort read-ahead abort');
    await untilDone(panel);
    await untilSaid('read-ahead abort read-ahead abort read-ahead');
  });

  /** From now on the panel notes when the host has its worker read ahead, and when it has it leave off. */
  async function overhear(): Promise<void> {
    if (!isChromium) return panel.evaluate(overhearBackground);
    await panel.evaluate(() => {
      const host = new BroadcastChannel('overheard');
      host.onmessage = ({ data }: MessageEvent<string>) => {
        document.body.dataset.said = `${document.body.dataset.said ?? ''} ${data}`.trim();
      };
      Object.assign(window, { host });
    });
    await chromium(subject.driver).inHost(`{
      const panel = new BroadcastChannel('overheard');
      const post = MessagePort.prototype.postMessage;
      const ahead = new WeakSet();
      MessagePort.prototype.postMessage = function (message, ...rest) {
        if (message?.task?.kind === 'read-ahead') {
          ahead.add(this);
          panel.postMessage('read-ahead');
        } else if (message?.kind === 'abort' && ahead.has(this)) panel.postMessage('abort');
        return post.call(this, message, ...rest);
      };
    }`);
  }

  async function untilSaid(expected: string): Promise<void> {
    await panel.waitFor((said) => document.body.dataset.said === said, { args: [expected] });
    expect(await panel.evaluate(() => document.body.dataset.said)).toBe(expected);
  }
});

/** Runs in Firefox's panel: the host is the background page there. */
function overhearBackground(): void {
  const { MessagePort: Port } = (
    globalThis as unknown as { browser: { extension: { getBackgroundPage(): typeof globalThis } } }
  ).browser.extension.getBackgroundPage();
  const post = Reflect.get(Port.prototype, 'postMessage') as (this: MessagePort, ...rest: unknown[]) => void;
  const ahead = new WeakSet<MessagePort>();
  const say = (word: string) => {
    document.body.dataset.said = `${document.body.dataset.said ?? ''} ${word}`.trim();
  };
  Port.prototype.postMessage = function (this: MessagePort, ...rest: unknown[]) {
    const message = rest[0] as { kind?: string; task?: { kind: string } } | null;
    if (message?.task?.kind === 'read-ahead') {
      ahead.add(this);
      say('read-ahead');
    } else if (message?.kind === 'abort' && ahead.has(this)) say('abort');
    post.apply(this, rest);
  };
}
