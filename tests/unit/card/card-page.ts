// A page in real Chromium with the card in an isolated world of it, as a content script has: the page's own scripts are elsewhere.
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium, openOffline } from '../../../scripts/evaluate-extraction.ts';
import type * as bundle from './card-bundle.tsx';

type Served = [html: string, url?: string, headers?: Record<string, string>];

export class CardPage {
  private constructor(
    readonly page: Page,
    private readonly session: CDPSession,
    private readonly contextId: number,
  ) {}

  static async open(browser: Browser, script: string, ...served: Served): Promise<CardPage> {
    const page = await openOffline(browser, ...served);
    const session = await page.createCDPSession();
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'inkling',
    });
    const opened = new CardPage(page, session, executionContextId);
    await opened.evaluate(script);
    return opened;
  }

  /** Calls a function of the bundle. */
  async call<Name extends keyof typeof bundle>(
    name: Name,
    ...args: (typeof bundle)[Name] extends (...args: infer A) => unknown ? A : []
  ): Promise<(typeof bundle)[Name] extends (...args: never[]) => infer R ? R : (typeof bundle)[Name]> {
    const value = `inklingCard.${name}`;
    const expression = name === 'calls' ? value : `${value}(...${JSON.stringify(args)})`;
    return (await this.evaluate(expression)) as never;
  }

  /** As Firefox did for years (bugzilla 1770592). */
  async refuseConstructedSheets(): Promise<void> {
    await this.evaluate(`void Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
      set() { throw new Error('Accessing from Xray wrapper is not supported.'); },
    })`);
  }

  /** Until what was asked of the page has been laid out and painted. */
  async painted(): Promise<void> {
    await this.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))');
  }

  /** Where to press to hit the middle of what matches in the card. */
  async middle(selector: string): Promise<[x: number, y: number]> {
    const { left, top, right, bottom } = await this.call('box', selector);
    return [(left + right) / 2, (top + bottom) / 2];
  }

  private async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      contextId: this.contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}

/** One browser for the tests of a file. */
export function useCardPages(): (...served: Served) => Promise<CardPage> {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchChromium(), bundleCard()]);
  }, 60_000);
  afterAll(() => browser.close());
  return (...served) => CardPage.open(browser, script, ...served);
}

async function bundleCard(): Promise<string> {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { 'wxt/browser': path('../components/catalogue.ts') } },
    build: {
      write: false,
      minify: false,
      lib: { entry: path('card-bundle.tsx'), formats: ['iife'], name: 'inklingCard' },
    },
  });
  const [bundled] = Array.isArray(output) ? output : [output];
  if (!('output' in bundled)) throw new Error('vite is watching');
  // `var` in a script of its own is a global; what is evaluated in a world is one, too.
  return bundled.output[0].code;
}
