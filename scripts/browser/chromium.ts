// Chromium with the built extension: see driver.ts.
import puppeteer, { TargetType, type Browser, type Page, type Target } from 'puppeteer-core';
import { findBrowser } from '../setup/browsers.ts';
import { cardOfPage } from './chromium-card.ts';
import { openDisplay, type Display } from './display.ts';
import type { Command, Driver, LaunchOptions, MenuItem } from './driver.ts';
import { clickByMouse, Panel } from './panel.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

/**
 * Up from the end of the context menu to Inkling's submenu (below it stand "Inspect" and, on a page, "View page source"), down in it.
 * A single item stands in the menu itself. `submenu`: the first item of the submenu there.
 */
const MENU_STEPS: Record<MenuItem, { up: number; down: number | null; submenu?: boolean }> = {
  'summarize selection': { up: 2, down: 0 },
  'translate selection': { up: 2, down: 1 },
  'rewrite selection': { up: 2, down: 2 },
  'rewrite field': { up: 2, down: null },
  'rewrite by instruction': { up: 2, down: 1 },
  'summarize page': { up: 3, down: 0 },
  'translate page': { up: 3, down: 1 },
  'quick action on page': { up: 3, down: 2, submenu: true },
  'quick action on selection': { up: 2, down: 3, submenu: true },
};
const KEYS: Record<Command, string> = {
  summarize: 'alt+shift+s',
  translate: 'alt+shift+l',
  rewrite: 'alt+shift+e',
};
const PANEL_OPENS_WITHIN_MS = 10_000;

export class ChromiumDriver implements Driver {
  readonly name = 'chromium';

  private constructor(
    readonly browser: Browser,
    private readonly extensionId: string,
    private readonly folder: string,
    private readonly proxy: RecordingProxy | null,
    private readonly display: Display | null,
  ) {}

  static async launch({
    extension,
    visible,
    withMenus,
    online,
    profile,
    args = [],
  }: LaunchOptions): Promise<ChromiumDriver> {
    const program = findBrowser('chromium');
    if (!program) throw new Error('No Chromium here: run `npm run setup`.');
    const display = withMenus ? await openDisplay() : null;
    const proxy = online ? null : await startRecordingProxy();
    const browser = await puppeteer.launch({
      executablePath: program,
      headless: !visible && !display,
      pipe: true,
      enableExtensions: true,
      defaultViewport: null,
      userDataDir: profile,
      env: display ? { ...process.env, DISPLAY: display.name } : process.env,
      args: [
        '--window-size=1200,800',
        '--window-position=0,0',
        ...(proxy ? [`--proxy-server=127.0.0.1:${proxy.port}`] : []),
        // Root, as in a container, has no sandbox to give.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...args,
      ],
    });
    const driver = new ChromiumDriver(browser, await browser.installExtension(extension), extension, proxy, display);
    await driver.waitUntilListening();
    return driver;
  }

  get extensionUrl(): string {
    return `chrome-extension://${this.extensionId}/`;
  }

  get foreignRequests(): string[] {
    return this.proxy?.requests ?? [];
  }

  async openPage(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(url);
    await page.bringToFront();
    return page;
  }

  async openPanel(page: Page): Promise<Panel> {
    const extension = (await this.browser.extensions()).get(this.extensionId);
    if (!extension) throw new Error('The extension is not loaded.');
    await extension.triggerAction(page);
    return this.panel();
  }

  async chooseMenuItem(page: Page, item: MenuItem, at: { x: number; y: number }): Promise<void> {
    const display = this.displayForKeys();
    await page.bringToFront();
    display.parkPointer();
    await display.openMenu(() => page.mouse.click(at.x, at.y, { button: 'right' }));
    const { up, down, submenu } = MENU_STEPS[item];
    const inSubmenu = down === null ? [] : ['Right', ...Array<string>(down).fill('Down')];
    display.press(...Array<string>(up).fill('Up'), ...inSubmenu, ...(submenu ? ['Right'] : []), 'Return');
  }

  async useKeyword(page: Page, text: string): Promise<void> {
    await page.bringToFront();
    const display = this.displayForKeys();
    await this.leaveSearchAlone();
    const target = await this.browser.waitForTarget((t) => t.type() === TargetType.SERVICE_WORKER && this.isOwn(t));
    const worker = await target.worker();
    await worker?.evaluate(`void Object.assign(globalThis, {
      typed: new Promise((resolve) => chrome.omnibox.onInputChanged.addListener((t) => t === ${JSON.stringify(text)} && resolve())),
    })`);
    // A tab that comes to the front takes the focus some time later, and with it what is typed.
    await page.waitForFunction(() => document.hasFocus());
    display.press('ctrl+l');
    await page.waitForFunction(() => !document.hasFocus());
    display.type(`ink ${text}`);
    await worker?.evaluate('typed');
    display.press('Return');
  }

  /** What is typed into the address bar goes to the browser's search engine as it is typed, unless the browser is told otherwise. */
  private async leaveSearchAlone(): Promise<void> {
    const front = (await this.browser.pages()).at(-1);
    const page = await this.openPage('chrome://settings');
    await page.evaluate(`Promise.all([
      chrome.settingsPrivate.setPref('search.suggest_enabled', false),
      chrome.settingsPrivate.setPref('net.network_prediction_options', 2),
    ])`);
    await page.close();
    await front?.bringToFront();
  }

  async openPrivatePanel(url: string): Promise<Panel> {
    // Puppeteer's own way to install has no word for private windows.
    const session = await this.browser.target().createCDPSession();
    await this.browser.uninstallExtension(this.extensionId);
    await session.send('Extensions.loadUnpacked', { path: this.folder, enableInIncognito: true });
    await this.waitUntilListening();
    // A new package greets its reader, and tries the machine as long as that is seen.
    await (await this.ownPage('welcome.html')).close();
    const own = await this.openPage(this.extensionUrl + 'options.html');
    await own.evaluate(`void chrome.windows.create({ incognito: true, url: '${url}' })`);
    const target = await this.browser.waitForTarget((t) => t.type() === TargetType.PAGE && t.url() === url);
    const page = await target.asPage();
    await own.close();
    return this.openPanel(page);
  }

  async pressShortcut(page: Page, command: Command): Promise<void> {
    await page.bringToFront();
    this.displayForKeys().press(KEYS[command]);
  }

  async ownPage(file: string): Promise<Page> {
    const target = await this.browser.waitForTarget((each) => each.url() === this.extensionUrl + file);
    return target.asPage();
  }

  async untilInFront(address: string): Promise<void> {
    await this.browser.waitForTarget((target) => target.url().startsWith(address));
  }

  async closePanel(): Promise<void> {
    const panel = this.findPanel();
    if (!panel) return;
    const closed = new Promise<void>((resolve) => {
      this.browser.on('targetdestroyed', (target) => {
        if (target === panel) resolve();
      });
    });
    // Ending the target from outside would leave the panel open: it comes back at once.
    const page = await panel.asPage();
    await page.evaluate(`chrome.windows.getCurrent().then(({ id }) => void chrome.sidePanel.close({ windowId: id }))`);
    await closed;
  }

  /** Ends the service worker at once, as the browser does when it has been idle; whatever needs it next starts it anew. False where none ran. */
  async killServiceWorker(): Promise<boolean> {
    const target = this.browser.targets().find((t) => t.type() === TargetType.SERVICE_WORKER && this.isOwn(t));
    const worker = await target?.worker();
    // It may have ended by itself meanwhile.
    return (
      worker?.close().then(
        () => true,
        () => false,
      ) ?? false
    );
  }

  async allowSite(address: string): Promise<void> {
    const { protocol, hostname } = new URL(address);
    const site = `${protocol}//${hostname}/*`;
    const extensions = await this.openPage('chrome://extensions');
    await extensions.evaluate(`chrome.developerPrivate.addHostPermission('${this.extensionId}', '${site}')`);
    await extensions.close();
    // It is granted now, and in force once it is asked for: without a question.
    const own = await this.openPage(`${this.extensionUrl}options.html`);
    await own.evaluate(`chrome.permissions.request({ origins: ['${site}'] })`);
    await own.close();
  }

  /** As after an update: all that runs of the extension ends, and begins anew; pages that it was let into stay. */
  async reinstallExtension(): Promise<void> {
    await this.browser.uninstallExtension(this.extensionId);
    await this.browser.installExtension(this.folder);
    await this.waitUntilListening();
  }

  /** The process of the extension's pages crashes, as when memory runs out: Chromium then keeps all of the extension down. */
  async crashExtension(): Promise<void> {
    const session = await this.host()?.createCDPSession();
    // The command has no answer: who should give it is gone.
    void session?.send('Page.crash').catch(() => undefined);
    await new Promise<void>((resolve) => session?.once('Inspector.targetCrashed', () => resolve()));
  }

  /** Runs an expression in the offscreen document. */
  async inHost(expression: string): Promise<void> {
    const session = await this.host()?.createCDPSession();
    await session?.send('Runtime.evaluate', { expression });
    await session?.detach();
  }

  /** Resolves when the offscreen document that runs now is gone. */
  hostClosed(): Promise<void> {
    const host = this.host();
    return new Promise((resolve) => {
      this.browser.on('targetdestroyed', (target) => {
        if (target === host) resolve();
      });
    });
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.proxy?.close();
    this.display?.close();
  }

  /** Just installed, the service worker has not yet said which gestures it listens to, nor made its menu. */
  private async waitUntilListening(): Promise<void> {
    const target = await this.browser.waitForTarget((t) => t.type() === TargetType.SERVICE_WORKER && this.isOwn(t));
    const worker = await target.worker();
    await worker?.evaluate(`new Promise((resolve) => {
      const check = () => serviceWorker.state === 'activated' && resolve();
      serviceWorker.addEventListener('statechange', check);
      check();
    })`);
    await worker?.evaluate(`new Promise((resolve) => {
      const check = () => chrome.contextMenus.update('translate-page', {}, () => chrome.runtime.lastError ? check() : resolve());
      check();
    })`);
  }

  async panel(): Promise<Panel> {
    const target = await this.browser.waitForTarget((t) => this.isPanel(t), { timeout: PANEL_OPENS_WITHIN_MS });
    const page = await target.asPage();
    await page.waitForFunction(() => document.readyState === 'complete');
    const evaluate = (expression: string): Promise<unknown> => page.evaluate(expression);
    return new Panel({
      evaluate,
      click: (point) => clickByMouse(page, evaluate, point),
      screenshot: async (path) => {
        await page.screenshot({ path });
      },
    });
  }

  card(page: Page): Promise<Panel> {
    return cardOfPage(page);
  }

  private host(): Target | undefined {
    return this.browser.targets().find((target) => target.url() === `${this.extensionUrl}offscreen.html`);
  }

  private findPanel(): Target | undefined {
    return this.browser.targets().find((target) => this.isPanel(target));
  }

  private isPanel(target: Target): boolean {
    return target.url().startsWith(`${this.extensionUrl}sidepanel.html`);
  }

  private isOwn(target: Target): boolean {
    return target.url().startsWith(this.extensionUrl);
  }

  private displayForKeys(): Display {
    if (!this.display) throw new Error('Menus and shortcuts need a browser launched withMenus.');
    return this.display;
  }
}
