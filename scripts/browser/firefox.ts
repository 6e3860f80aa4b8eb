// Firefox with the built extension: see driver.ts.
import { writeFile } from 'node:fs/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../setup/browsers.ts';
import type { Command, Driver, LaunchOptions, MenuItem } from './driver.ts';
import { FirefoxWindow } from './firefox-window.ts';
import { clickByMouse, inTree, Panel } from './panel.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

/** The add-on's id (wxt.config.ts), and as Firefox writes it in the ids of elements. */
const EXTENSION_ID = 'inkling@on-device';
const WIDGET_PREFIX = 'inkling_on-device';
/** Firefox gives each installation a random one, unless told. */
const UUID = '8a1c6a0e-6f0b-4f5e-9f43-1a2b3c4d5e6f';
const MENU_LABELS: Record<MenuItem, string> = {
  'summarize selection': 'Summarize selection',
  'translate selection': 'Translate selection',
  'rewrite selection': 'Rewrite…',
  'rewrite field': 'Rewrite…',
  'rewrite by instruction': 'Rewrite: Say it plainly',
  'summarize page': 'Summarize page',
  'translate page': 'Translate page',
  'quick action on page': 'Quick actions',
  'quick action on selection': 'Quick actions',
};
const KEYS: Record<Command, string> = { summarize: 'S', translate: 'L', rewrite: 'E' };

export class FirefoxDriver implements Driver {
  readonly name = 'firefox';
  readonly extensionUrl = `moz-extension://${UUID}/`;

  private constructor(
    readonly browser: Browser,
    private readonly window: FirefoxWindow,
    private readonly proxy: RecordingProxy | null,
  ) {}

  static async launch({ extension, visible, online, profile, home, prefs }: LaunchOptions): Promise<FirefoxDriver> {
    const program = findBrowser('firefox');
    if (!program) throw new Error('No Firefox here: run `npm run setup`.');
    const proxy = online ? null : await startRecordingProxy();
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: program,
      headless: !visible,
      defaultViewport: null,
      userDataDir: profile,
      ...(home && { env: { ...process.env, HOME: home } }),
      args: ['--remote-allow-system-access', '--width=1200', '--height=800'],
      extraPrefsFirefox: {
        'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID]: UUID }),
        // A temporary add-on's storage would go with it at the end of the session.
        'extensions.webextensions.keepStorageOnUninstall': true,
        'extensions.webextensions.keepUuidOnUninstall': true,
        ...(proxy && throughProxy(proxy.port)),
        ...prefs,
      },
    });
    await browser.installExtension(extension);
    return new FirefoxDriver(browser, await FirefoxWindow.of(browser), proxy);
  }

  get foreignRequests(): string[] {
    return this.proxy?.requests ?? [];
  }

  async openPage(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.bringToFront();
    // WebDriver BiDi waits in vain for pages that are not of the web.
    if (!url.startsWith('http')) await this.window.evaluate(`await inkling.loadInTab('${url}')`);
    else await page.goto(url);
    return page;
  }

  async openPanel(page: Page): Promise<Panel> {
    await page.bringToFront();
    return this.openPanelIn(this.window);
  }

  private async openPanelIn(window: FirefoxWindow): Promise<Panel> {
    await window.evaluate(`
      const button = inkling.toolbarButton('${WIDGET_PREFIX}-browser-action');
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      inkling.synthesizeMouseAtCenter(button, {}, window);
    `);
    return panelIn(window);
  }

  async chooseMenuItem(page: Page, item: MenuItem, at: { x: number; y: number }): Promise<void> {
    await page.bringToFront();
    const chosen = this.window.evaluate(`
      const menu = document.getElementById('contentAreaContextMenu');
      await new Promise((shown) => menu.addEventListener('popupshown', shown, { once: true }));
      const own = [...menu.querySelectorAll('menu')].find(({ label, hidden }) => label === 'Inkling' && !hidden);
      // A single item stands in the menu itself.
      const single = [...menu.children].find(({ label, hidden }) => label === '${MENU_LABELS[item]}' && !hidden);
      if (single) return void menu.activateItem(single);
      if (!own) throw new Error('not in the menu: ' + [...menu.children].map(({ label }) => label).join(', '));
      const opened = new Promise((shown) => own.menupopup.addEventListener('popupshown', shown, { once: true }));
      own.openMenu(true);
      await opened;
      const item = [...own.menupopup.children].find(({ label }) => label === '${MENU_LABELS[item]}');
      if (item.localName !== 'menu') return void own.menupopup.activateItem(item);
      const unfolded = new Promise((shown) => item.menupopup.addEventListener('popupshown', shown, { once: true }));
      item.openMenu(true);
      await unfolded;
      item.menupopup.activateItem(item.menupopup.firstElementChild);
    `);
    await page.mouse.click(at.x, at.y, { button: 'right' });
    await chosen;
  }

  async useKeyword(page: Page, text: string): Promise<void> {
    await page.bringToFront();
    await this.window.evaluate(`
      gURLBar.focus();
      gURLBar.search('ink ' + ${JSON.stringify(text)});
      await gURLBar.lastQueryContextPromise;
      inkling.synthesizeKey('KEY_Enter', {}, window);
    `);
  }

  async openPrivatePanel(url: string): Promise<Panel> {
    await this.window.evaluate(`
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      await ExtensionPermissions.add('${EXTENSION_ID}', { permissions: ['internal:privateBrowsingAllowed'], origins: [] });
      await (await AddonManager.getAddonByID('${EXTENSION_ID}')).reload();
    `);
    const own = await this.window.openPrivate();
    await own.evaluate(`await inkling.loadInTab('${url}')`);
    return this.openPanelIn(own);
  }

  async pressShortcut(page: Page, command: Command): Promise<void> {
    await page.bringToFront();
    await this.window.evaluate(`
      // A synthesized key does not come back from the page's process: press it in the address bar.
      gURLBar.focus();
      inkling.synthesizeKey('${KEYS[command]}', { altKey: true, shiftKey: true }, window);
    `);
  }

  async ownPage(file: string): Promise<Page> {
    // WebDriver BiDi is not told where an extension's own page has gone, so the pages are asked.
    const address = (page: Page) => page.evaluate(() => location.href).catch(() => '');
    for (;;) {
      for (const page of await this.browser.pages()) {
        if ((await address(page)) === this.extensionUrl + file) return page;
      }
    }
  }

  async untilInFront(address: string): Promise<void> {
    await this.window.evaluate(`
      const isThere = () => gBrowser.currentURI.spec.startsWith('${address}');
      await new Promise((resolve) => {
        const check = () => isThere() && resolve();
        gBrowser.addTabsProgressListener({ onLocationChange: check });
        gBrowser.tabContainer.addEventListener('TabSelect', check);
        check();
      });
    `);
  }

  async allowSite(address: string): Promise<void> {
    const { protocol, hostname } = new URL(address);
    await this.window.evaluate(`
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const { extension } = WebExtensionPolicy.getByID('${EXTENSION_ID}');
      const origins = ['${protocol}//${hostname}/*'];
      await ExtensionPermissions.add('${EXTENSION_ID}', { permissions: [], origins }, extension);
    `);
  }

  async closePanel(): Promise<void> {
    await this.window.evaluate('SidebarController.hide()');
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.proxy?.close();
  }

  async card(page: Page): Promise<Panel> {
    await page.bringToFront();
    const evaluate = (expression: string) => this.window.evaluateInCard(inTree(expression));
    return new Panel({
      evaluate,
      click: (point) => clickByMouse(page, evaluate, point),
      screenshot: async (path) => {
        await page.screenshot({ path });
      },
    });
  }

  panel(): Promise<Panel> {
    return panelIn(this.window);
  }
}

async function panelIn(window: FirefoxWindow): Promise<Panel> {
  await window.evaluate('await inkling.sidebar()');
  return new Panel({
    evaluate: (expression) => window.evaluateInSidebar(expression),
    click: (point) => window.clickInSidebar(point),
    screenshot: async (path) => {
      const png = (await window.evaluate('return inkling.screenshot()')) as string;
      await writeFile(path, Buffer.from(png, 'base64'));
    },
  });
}

function throughProxy(port: number): Record<string, unknown> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': port,
  };
}
