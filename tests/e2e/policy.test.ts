// What an organisation lays down, as the browser itself reads it (docs/policy.md): models come from its hub, and text goes to no server
// that it does not allow, whatever the reader has chosen. Firefox reads it in the user's folder; Chromium reads it in the machine's
// only, but has a page to try policies on.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Driver } from '../../scripts/browser/driver.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import type { Policy } from '../../lib/platform/policy.ts';
import { openHub, type Hub } from '../fakes/hub.ts';
import { tinyGguf } from '../reference/tiny-gguf.ts';
import { pieces, startOpenAiServer, type OpenAiServer } from '../servers/openai-server.ts';
import { chooseModels } from './choose-models.ts';
import { isChromium } from './harness.ts';
import { listFiles, openModels, pressFile, untilState } from './models-page.ts';
import { pressMainButton, untilDone } from './summary-panel.ts';

const ID = 'inkling@on-device';
const REPOSITORY = 'someone/tiny-GGUF';
const FILE = 'tiny-Q4_1.gguf';

describe('an organisation’s policy', () => {
  let home: string;
  let hub: Hub;
  let allowed: OpenAiServer;
  let other: OpenAiServer;
  let site: Site;
  let driver: Driver;

  beforeAll(async () => {
    hub = await openHub({ repository: REPOSITORY, files: new Map([[FILE, Buffer.from(tinyGguf())]]) });
    [allowed, other] = await Promise.all(
      [1, 2].map(() => startOpenAiServer({ answer: () => ({ pieces: pieces('Fish.') }) })),
    );
    site = await startSite();
    home = mkdtempSync(join(tmpdir(), 'home-'));
    const policy = { hubEndpoint: hub.url, allowedServers: [allowed.host] };
    if (!isChromium) layDown(home, policy);
    driver = await launch(inject('browser'), { home });
    if (isChromium) await tryOn(driver, policy);
  });
  afterAll(async () => {
    await driver.close();
    site.close();
    await Promise.all([hub, allowed, other].map((each) => each.close()));
    rmSync(home, { recursive: true, force: true });
  });

  test('names the hub that models come from, whatever the reader’s settings say', async () => {
    const page = await openModels(driver, 'https://models.invalid/');
    expect(await listFiles(page, REPOSITORY)).toEqual([`${FILE} · 1 MB · fits best`]);
    await pressFile(page, FILE);
    await untilState(page, `${REPOSITORY}/${FILE}`, 'installed');
    expect(hub.fetched).toHaveLength(1);
    expect(driver.foreignRequests).toEqual([]);
    await page.close();
  });

  test('keeps text from a server that it does not allow, and lets the allowed one have it', async () => {
    const panel = await driver.openPanel(await driver.openPage(`${site.url}note.html`));
    const servers = [allowed, other].map(({ address }, index) => ({
      id: `server-${index}`,
      address,
      key: '',
      model: 'test-model',
      contextWindow: 4096,
    }));
    const choose = (summarize: string) =>
      chooseModels(panel, {
        servers,
        choices: { summarize, rewrite: 'automatic', chat: 'automatic', translate: 'automatic' },
      });

    await choose('server-1');
    await pressMainButton(panel);
    const failure = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure')?.innerText);
    expect(failure).toMatch(/^The model chosen for this is no longer there/);
    expect(other.asked).toEqual([]);

    await choose('server-0');
    await pressMainButton(panel);
    await panel.waitFor(() => !document.querySelector('.failure'));
    await untilDone(panel);
    expect(allowed.completions().length).toBeGreaterThan(0);
    expect(other.asked).toEqual([]);
    expect(driver.foreignRequests).toEqual([]);
  });
});

/** On Chromium's own page for that, as what is mandatory; resolves once the extension is told. */
async function tryOn({ browser, extensionUrl }: Driver, data: Policy): Promise<void> {
  const own = await browser.newPage();
  await own.goto(`${extensionUrl}options.html`);
  const told = own.evaluate(
    () => new Promise<void>((resolve) => chrome.storage.managed.onChanged.addListener(() => resolve())),
  );
  const namespace = new URL(extensionUrl).host;
  const policies = Object.entries(data as Record<string, unknown>).map(([name, value]) => ({
    namespace,
    name,
    value,
    source: 0,
    scope: 0,
    level: 1,
  }));
  const page = await browser.newPage();
  await page.goto('chrome://policy/test');
  await page.evaluate(`import('/test/policy_test_browser_proxy.js').then(({ PolicyTestBrowserProxy }) =>
    PolicyTestBrowserProxy.applyTestPolicies(${JSON.stringify(JSON.stringify(policies))}, ''))`);
  await told;
  await page.close();
  await own.close();
}

/** As a native manifest, where Firefox looks for those of one user. */
function layDown(home: string, data: Policy): void {
  const folder = join(home, '.mozilla', 'managed-storage');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${ID}.json`), JSON.stringify({ name: ID, description: 'Policy', type: 'storage', data }));
}
