// Pages that cannot be read get a sentence that says so, and a field to paste text into.
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { isChromium, useBrowser } from './harness.ts';
import { pressMainButton, quotes, untilDone } from './summary-panel.ts';

const PASTED =
  'The lighthouse keeper of Skarholm wrote down the weather every evening for thirty-one years. ' +
  'His notebooks fill four shelves in the harbour museum. ' +
  'Meteorologists have used them to show that storms in the sound come eleven days earlier than a century ago.';

/** Where extensions may not look, by the browser's own list of sites. */
const STORE = 'https://addons.mozilla.org/en-US/firefox/addon/inkling/';
const STORE_PAGE = `<!doctype html><html lang="en"><title>Inkling</title><main><h1>Inkling</h1><p>${PASTED}</p></main>`;

/** As Google Docs has it: the text is painted, and what is written are menus and hints. */
const PAINTED = `<!doctype html><html lang="en"><title>Notes - Google Docs</title><body class="docs-gm">
  <div id="docs-chrome" role="banner" aria-label="Menu bar"><input class="docs-title-input" aria-label="Rename" value="Notes">
    <div id="docs-menubar" role="menubar">${['File', 'Edit', 'View', 'Insert', 'Format', 'Tools', 'Extensions', 'Help']
      .map((name) => `<div role="menuitem" class="menu-button goog-control">${name}</div>`)
      .join('')}</div>
    <div id="docs-toolbar" role="toolbar"><div role="button">Normal text</div><div role="button">Arial</div></div></div>
  <div class="left-sidebar-container"><h2 class="navigation-widget-header">Document tabs</h2><div role="tree">Tab 1</div>
    <div class="navigation-widget-empty-content">Headings that you add to the document will appear here.</div></div>
  <div id="docs-editor-container"><div class="kix-appview-editor"><div class="kix-page-paginated">
    <canvas class="kix-canvas-tile-content" width="600" height="600"></canvas></div></div></div>
  <script>document.querySelector('canvas').getContext('2d').fillText(${JSON.stringify(PASTED)}, 20, 20)</script></body></html>`;

describe('a page that cannot be read', () => {
  const subject = useBrowser({ pages: { 'painted.html': PAINTED } });

  /** What the panel says of the page in front, which it cannot read; the field for pasted text stands there, too. */
  async function refusal(page: Page): Promise<string> {
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    const what = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText);
    expect(await panel.text('.paste')).not.toBe('');
    return what;
  }

  test("the browser's own page says so, and takes pasted text instead", async () => {
    const page = await subject.driver.openPage(isChromium ? 'chrome://version/' : 'about:support');
    const panel = await subject.driver.openPanel(page);
    await pressMainButton(panel);
    const what = await panel.waitFor(() => document.querySelector<HTMLElement>('.failure h2')?.innerText);
    expect(what).toMatch(/browser/i);

    await panel.fill('.paste textarea', PASTED);
    await panel.click('.paste button');
    await untilDone(panel);
    const shown = await quotes(panel);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((quote) => PASTED.includes(quote))).toBe(true);
  });

  test('a page without text says so', async () => {
    expect(await refusal(await subject.open('empty.html'))).toMatch(/no text/i);
  });

  test('a document whose text is painted says so', async () => {
    expect(await refusal(await subject.open('painted.html'))).toMatch(/no text/i);
  });

  // Chromium lets nobody put something else in the place of its store.
  test.skipIf(isChromium)("the browser's store says so", async () => {
    const page = await subject.driver.browser.newPage();
    await page.setRequestInterception(true);
    // What stands there comes from here: nothing is asked of the store itself.
    page.on('request', (request) => void request.respond({ contentType: 'text/html', body: STORE_PAGE }));
    await page.goto(STORE);
    await page.bringToFront();
    expect(await page.title()).toBe('Inkling');
    expect(await refusal(page)).toMatch(/browser/i);
    await page.close();
  });
});
