// A real browser with the editors' pages and the content script under test; what a test does in one of them.
import puppeteer, { type Browser, type Frame, type KeyInput, type Page } from 'puppeteer-core';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import { findBrowser, type BrowserName } from '../../scripts/setup/browsers.ts';
import { bundleEditors } from './bundle.ts';
import type { Asked } from './content-script.ts';

export class EditorBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly site: Site,
  ) {}

  static async launch(name: BrowserName): Promise<EditorBrowser> {
    const program = findBrowser(name);
    if (!program) throw new Error(`No ${name} here: run \`npm run setup\`.`);
    const { site, extension } = await bundleEditors(name);
    const browser = await puppeteer.launch({
      browser: name === 'firefox' ? 'firefox' : 'chrome',
      executablePath: program,
      headless: true,
      ...(name === 'chromium' && { pipe: true, enableExtensions: true }),
      args: name === 'chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    await browser.installExtension(extension);
    return new EditorBrowser(browser, await startSite(site));
  }

  async open(name: string): Promise<EditorPage> {
    const page = await this.browser.newPage();
    await page.bringToFront();
    await page.goto(`${this.site.url}${name}.html`);
    return EditorPage.of(page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.site.close();
  }
}

export class EditorPage {
  private constructor(
    private readonly page: Page,
    /** In which the editor is. */
    private frame: Frame,
  ) {}

  static async of(page: Page): Promise<EditorPage> {
    return new EditorPage(page, await frameOfEditor(page));
  }

  /** The editor anew, as it was at first. */
  async reload(): Promise<void> {
    await this.page.reload();
    this.frame = await frameOfEditor(this.page);
  }

  text(): Promise<string> {
    return this.page.evaluate(() => editor.text());
  }

  state(): Promise<string> {
    return this.page.evaluate(() => editor.state());
  }

  async change(): Promise<void> {
    await this.page.evaluate(() => editor.change());
    await this.settled();
  }

  async select(text: string): Promise<void> {
    await this.page.evaluate((t) => editor.select(t), text);
    await this.settled();
  }

  /** Asks the content script of the frame that the editor is in. */
  async ask<Name extends keyof Asked>(
    name: Name,
    ...args: Parameters<Asked[Name]>
  ): Promise<Awaited<ReturnType<Asked[Name]>>> {
    const answer = await this.frame.evaluate(
      (detail) =>
        new Promise<string>((resolve) => {
          document.addEventListener('editable-answer', (event) => resolve((event as CustomEvent<string>).detail), {
            once: true,
          });
          document.dispatchEvent(new CustomEvent('editable-ask', { detail }));
        }),
      JSON.stringify({ name, args }),
    );
    const { value, error } = JSON.parse(answer) as { value: Awaited<ReturnType<Asked[Name]>>; error?: string };
    if (error !== undefined) throw new Error(`In the content script: ${error}`);
    return value;
  }

  undo(): Promise<void> {
    return this.press('z', ['Control']);
  }

  /** In the way that most editors and both browsers know. */
  redo(): Promise<void> {
    return this.press('Z', ['Control', 'Shift']);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.settled();
  }

  async press(key: KeyInput, modifiers: ('Control' | 'Shift')[] = []): Promise<void> {
    const { keyboard } = this.page;
    for (const modifier of modifiers) await keyboard.down(modifier);
    await keyboard.press(key);
    for (const modifier of modifiers) await keyboard.up(modifier);
    await this.settled();
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** Until the editor has told itself and the page what happened. */
  private async settled(): Promise<void> {
    await this.frame.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    });
  }
}

async function frameOfEditor(page: Page): Promise<Frame> {
  await page.waitForFunction(() => 'editor' in window);
  return page.frames().at(-1)!;
}
