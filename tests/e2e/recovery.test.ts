// What the extension makes of its own death: an update while a page is open, fifty requests to a host that does not run, a browser
// that goes down whenever the model is loaded. Chromium's, which alone has a separate host.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CATALOG, DEFAULT_MODEL, type CatalogEntry } from '../../lib/model/catalog.ts';
import { launch } from '../../scripts/browser/launch.ts';
import type { Panel } from '../../scripts/browser/panel.ts';
import { openHub } from '../fakes/hub.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { chromium, isChromium, useBrowser } from './harness.ts';
import { listFiles, openModels, pressFile, untilState } from './models-page.ts';
import { pressMainButton, quotes, untilDone, untilQuoted } from './summary-panel.ts';

const COLD_REQUESTS = 50;
/** After so many a model is off until the reader turns it on. */
const CRASHES = 3;

describe.runIf(isChromium)('recovery', () => {
  const subject = useBrowser();

  test('a page that was open before an update is read all the same', async () => {
    const page = await subject.open('article.html');
    let panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    const before = await quotes(panel);

    await chromium(subject.driver).reinstallExtension();
    await page.bringToFront();
    panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await quotes(panel)).toEqual(before);
  });

  test('fifty requests at once to a host that does not run: one document, fifty answers', async () => {
    const page = await subject.open('article.html');
    const panel = await subject.driver.openPanel(page);
    for (const killed of [false, true]) {
      await panel.evaluate(() => chrome.offscreen.closeDocument().catch(() => undefined));
      if (killed) await chromium(subject.driver).killServiceWorker();
      const answers = await panel.evaluate(askAtOnce, COLD_REQUESTS);
      expect(await panel.evaluate(offscreenDocuments)).toBe(1);
      expect(answers).toEqual(
        Array.from({ length: COLD_REQUESTS }, (_, i) => `Ship ${i} came into the harbour of Varden.`),
      );
    }
  });

  test('a host with nothing to do is closed, and comes back when it is needed', async () => {
    const page = await subject.open('note.html');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    await untilDone(panel);
    const driver = chromium(subject.driver);
    const closed = driver.hostClosed();
    // Its clock goes faster: what it would do in many minutes it does in a second.
    await driver.inHost(`{
      const later = setTimeout;
      globalThis.setTimeout = (call, ms, ...rest) => later(call, ms > 600_000 ? 1_000 : ms, ...rest);
    }`);
    await pressMainButton(panel);
    await closed;
    expect(await panel.evaluate(offscreenDocuments)).toBe(0);
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.evaluate(offscreenDocuments)).toBe(1);
  });
});

/** Runs in the panel. */
async function offscreenDocuments(): Promise<number> {
  return (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length;
}

/** Runs in the panel: as many tasks as are asked for at once, each of which starts the host where it needs to. The first sentence of each answer. */
function askAtOnce(count: number): Promise<unknown[]> {
  const taskOf = (i: number) => {
    const blocks = [{ kind: 'paragraph', text: `Ship ${i} came into the harbour of Varden.` }];
    const article = {
      url: '',
      title: '',
      language: 'en',
      description: '',
      blocks,
      scope: 'pasted',
      hiddenCharacters: 0,
    };
    return { kind: 'summarize', article, type: 'key-points', length: 'short', compose: 'automatic' };
  };
  const ask = async (i: number) => {
    await chrome.runtime.sendMessage({ target: 'background', request: 'ensureHost', args: [] });
    const port = chrome.runtime.connect({ name: 'engine' });
    return new Promise((resolve) => {
      let said: unknown;
      port.onMessage.addListener((message: { events?: { kind: string; quotes?: { text: string }[] }[] }) => {
        for (const event of message.events ?? [message as never]) {
          said = event.quotes?.[0]?.text ?? said;
          if (event.kind === 'done') resolve(said);
          if (event.kind === 'error') resolve(event);
        }
      });
      port.onDisconnect.addListener(() => resolve('the port closed'));
      port.postMessage({ kind: 'run', task: taskOf(i) });
    });
  };
  return Promise.all(Array.from({ length: count }, (_, i) => ask(i)));
}

describe.runIf(isChromium)('a model whose load brings the browser down', () => {
  const subject = useBrowser();

  test('is off after the third time, until the reader turns it on', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'inkling-crash-'));
    onTestFinished(() => rm(profile, { recursive: true, force: true }));
    const session = async (visit: (panel: Panel, crash: () => Promise<void>) => Promise<void>) => {
      const driver = chromium(await launch('chromium', { profile }));
      const page = await driver.openPage(`${subject.site.url}note.html`);
      const panel = await driver.openPanel(page);
      await pressMainButton(panel);
      await untilQuoted(panel);
      await visit(panel, () => driver.crashExtension());
      await driver.close();
    };
    for (let crash = 0; crash < CRASHES; crash++) {
      await session(async (panel, crashNow) => {
        await untilDone(panel);
        await panel.click('.quiet-action');
        await panel.waitFor(() => document.querySelector<HTMLElement>('.activity')?.innerText.includes('MB'));
        const status = await panel.text('.status');
        if (crash > 0) expect(status).toMatch(/closed while this model was loading/);
        await crashNow();
      });
    }
    await session(async (panel) => {
      // The page's own sentences stand there all the same.
      const words = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure')?.innerText);
      expect(words).toMatch(/turned off/i);
      await panel.click('.failure button');
      await panel.waitFor(() => !document.querySelector('.failure'));
      await untilDone(panel);
    });
  });

  test('gives way to the next smaller one, and that is said', async () => {
    const { id, name, origin } = CATALOG.find(({ id }) => id === 'qwen2.5-0.5b-instruct')!;
    const { repository, file } = origin as Extract<CatalogEntry['origin'], { kind: 'hub' }>;
    const hub = await openHub({ repository, files: new Map([[file, Buffer.from(tinyGguf())]]) });
    onTestFinished(() => hub.close());
    const profile = await mkdtemp(join(tmpdir(), 'inkling-crash-'));
    onTestFinished(() => rm(profile, { recursive: true, force: true }));

    const first = chromium(await launch('chromium', { profile, withMenus: false }));
    const models = await openModels(first, hub.url);
    await listFiles(models, repository);
    await pressFile(models, file);
    await untilState(models, id, 'installed');
    let panel = await first.openPanel(await first.openPage(`${subject.site.url}note.html`));
    await panel.evaluate(() => chrome.runtime.sendMessage({ target: 'background', request: 'ensureHost', args: [] }));
    // A load that never comes to its end.
    await first.inHost(`{
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message, ...rest) {
        if (message.entry?.id !== ${JSON.stringify(id)}) post.call(this, message, ...rest);
      };
    }`);
    const loading = panel.evaluate(
      (model) =>
        new Promise<void>((resolve) => {
          chrome.storage.local.onChanged.addListener(({ crashRecord }) => {
            const record = crashRecord.newValue as { loading: { model: string } | null } | undefined;
            if (record?.loading?.model === model) resolve();
          });
        }),
      id,
    );
    await pressMainButton(panel);
    await loading;
    await first.crashExtension();
    await first.close();

    const second = chromium(await launch('chromium', { profile, withMenus: false }));
    panel = await second.openPanel(await second.openPage(`${subject.site.url}note.html`));
    await pressMainButton(panel);
    await untilDone(panel);
    expect(await panel.text('.status')).toMatch(
      new RegExp(`^${DEFAULT_MODEL.name}[^]*Not with ${name}: the extension closed while it was loading`),
    );
    await second.close();
  });
});
