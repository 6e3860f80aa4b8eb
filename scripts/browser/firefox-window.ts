// Firefox's own window, reached over WebDriver BiDi with system access: its toolbar, its menus, its sidebar. What is sent to the
// window is source text, because it runs in the browser, with the browser's objects (documented at firefox-source-docs.mozilla.org).
import type { Browser } from 'puppeteer-core';

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: string };
  exceptionDetails?: { text: string };
}

interface BidiConnection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}

export class FirefoxWindow {
  private constructor(
    private readonly connection: BidiConnection,
    private readonly context: string,
  ) {}

  static async of(browser: Browser): Promise<FirefoxWindow> {
    const connection = (browser as unknown as { connection: BidiConnection }).connection;
    const [context] = await contextsOf(connection);
    return FirefoxWindow.in(connection, context);
  }

  private static async in(connection: BidiConnection, context: string): Promise<FirefoxWindow> {
    const window = new FirefoxWindow(connection, context);
    await window.evaluate(PRELUDE);
    return window;
  }

  /** A private window beside this one, in front. */
  async openPrivate(): Promise<FirefoxWindow> {
    const before = await contextsOf(this.connection);
    await this.evaluate(`
      const opened = OpenBrowserWindow({ private: true });
      await new Promise((loaded) => opened.addEventListener('load', loaded, { once: true }));
      await opened.delayedStartupPromise;
    `);
    const context = (await contextsOf(this.connection)).find((each) => !before.includes(each));
    if (!context) throw new Error('No private window opened.');
    return FirefoxWindow.in(this.connection, context);
  }

  /** Value (plain JSON) of the body of an async function in the browser's window. */
  async evaluate(body: string): Promise<unknown> {
    const { result } = await this.connection.send('script.evaluate', {
      expression: `(async () => JSON.stringify((await (async () => { ${body} })()) ?? null))()`,
      target: { context: this.context },
      awaitPromise: true,
    });
    const { type, result: value, exceptionDetails } = result as Evaluated;
    if (type === 'exception') throw new Error(`In Firefox's window: ${exceptionDetails?.text ?? ''}`);
    return JSON.parse(value?.value ?? 'null') as unknown;
  }

  /** Value of an expression in the sidebar's document, which lives in the extension's process. */
  evaluateInSidebar(expression: string): Promise<unknown> {
    return this.evaluateIn('sidebar', expression);
  }

  /** A mouse click in the sidebar's document, in the moment in which the expression's promise gives the point: nothing moves meanwhile. */
  async clickInSidebar(point: string): Promise<void> {
    await this.evaluateIn('sidebar', `(${point}).then(({ x, y }) => clickAt(x, y))`);
  }

  /** Value of an expression over `root`, the document of the card in the tab in front, once it is there. */
  evaluateInCard(expression: string): Promise<unknown> {
    return this.evaluateIn('card', expression);
  }

  private async evaluateIn(place: 'sidebar' | 'card', expression: string): Promise<unknown> {
    const outcome = (await this.evaluate(`return inkling.evaluateIn.${place}(${JSON.stringify(expression)})`)) as {
      value?: string;
      error?: string;
    };
    if (outcome.error !== undefined) throw new Error(`In the ${place}: ${outcome.error}`);
    return JSON.parse(outcome.value ?? 'null') as unknown;
  }
}

async function contextsOf(connection: BidiConnection): Promise<string[]> {
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  return (tree.result as { contexts: { context: string }[] }).contexts.map(({ context }) => context);
}

const PRELUDE = `
  globalThis.inkling = { window };
  Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', inkling);

  /** The element that shows the extension's page, once the sidebar shows one. */
  inkling.sidebar = async () => {
    for (;;) {
      const shown = SidebarController.isOpen && SidebarController.browser.contentDocument?.querySelector('browser');
      if (shown?.currentURI?.schemeIs('moz-extension')) return shown;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };

  /** Evaluates in a document of another process; 'prepare' is run there first, with the sandbox of the expression. */
  inkling.evaluate = async ({ messageManager }, prepare, expression) => {
    const name = 'inkling:' + Services.uuid.generateUUID();
    const answer = new Promise((resolve) => {
      messageManager.addMessageListener(name, function listen({ data }) {
        messageManager.removeMessageListener(name, listen);
        resolve(data);
      });
    });
    const source = '(async () => JSON.stringify((await (' + expression + ')) ?? null))()';
    const script = \`(async () => {
      if (content.document.readyState !== 'complete') await new Promise((done) => content.addEventListener('load', done, { once: true }));
      const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
      \${prepare}
      try {
        sendAsyncMessage(\${JSON.stringify(name)}, { value: await Cu.evalInSandbox(\${JSON.stringify(source)}, sandbox) });
      } catch (error) {
        sendAsyncMessage(\${JSON.stringify(name)}, { error: String(error) });
      }
    })()\`;
    messageManager.loadFrameScript('data:application/javascript;charset=utf-8,' + encodeURIComponent(script), false);
    return answer;
  };

  const FIND_CARD = \`
    const trees = () => [...content.document.querySelectorAll('*')].map((each) => each.openOrClosedShadowRoot);
    const frames = () => trees().map((tree) => tree?.querySelector('.card-frame')?.firstElementChild);
    // In a sandboxed page it has no window of its own.
    const find = () => frames().map((frame) => frame?.contentDocument ?? frame?.getRootNode()).find((root) => root);
    while (!find()) await new Promise((resolve) => content.requestAnimationFrame(resolve));
    sandbox.root = Cu.waiveXrays(find());
  \`;
  const GIVE_MOUSE = \`
    const clickAt = (x, y) => {
      for (const type of ['mousedown', 'mouseup']) {
        content.synthesizeMouseEvent(type, x, y, { button: 0, clickCount: 1 }, { isDOMEventSynthesized: true });
      }
    };
    Cu.exportFunction(clickAt, sandbox, { defineAs: 'clickAt' });
  \`;
  inkling.evaluateIn = {
    sidebar: async (expression) => inkling.evaluate(await inkling.sidebar(), GIVE_MOUSE, expression),
    card: (expression) => inkling.evaluate(gBrowser.selectedBrowser, FIND_CARD, expression),
  };

  /** Opens one of the browser's own pages in the tab in front: WebDriver never sees such a page as loaded. */
  inkling.loadInTab = async (url) => {
    const tab = gBrowser.selectedBrowser;
    tab.fixupAndLoadURIString(url, { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });
    while (tab.currentURI.spec !== url || tab.webProgress?.isLoadingDocument) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };

  /** The toolbar button of an add-on, moved from the add-ons menu onto the toolbar. */
  inkling.toolbarButton = (widget) => {
    const { CustomizableUI } = ChromeUtils.importESModule('moz-src:///browser/components/customizableui/CustomizableUI.sys.mjs');
    CustomizableUI.addWidgetToArea(widget, CustomizableUI.AREA_NAVBAR);
    return CustomizableUI.getWidget(widget).forWindow(window).node.firstElementChild;
  };

  inkling.screenshot = async () => {
    const bitmap = await window.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
    const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    return canvas.toDataURL().split(',')[1];
  };
`;
