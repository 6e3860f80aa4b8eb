// Inkling at work on one page. With a display: in a window, the panel beside the page, until the window is closed. Without: each
// step in the terminal, the key sentences, then the summary that the small model writes, word by word, and screenshots.
// Arguments: browser, headless (true or false), and the page (an address or a file; the sample article where there is none).
import { mkdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Driver } from './browser/driver.ts';
import { launch } from './browser/launch.ts';
import { startSite, type Site } from './browser/site.ts';
import type { BrowserName } from './setup/browsers.ts';
import { printQuotes, printWritten } from './show-in-terminal.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ARTIFACTS = resolve(ROOT, 'artifacts');

const [browserName, headless, target = resolve(ROOT, 'tests/pages/article.html')] = process.argv.slice(2);
const browser = browserName as BrowserName;
const visible = headless !== 'true' && hasDisplay();

let site: Site | null = null;
let driver: Driver | null = null;
try {
  const isAddress = /^https?:\/\//.test(target);
  if (!isAddress) site = await startSite(dirname(resolve(target)));
  const url = site ? site.url + encodeURIComponent(basename(target)) : target;
  driver = await launch(browser, { visible, online: true, profile: resolve(ROOT, '.cache/profiles', browser) });
  console.log(`\n${await driver.browser.version()}, Inkling loaded${visible ? '' : ', without a window'}`);

  const page = await driver.openPage(url);
  console.log(`Page: ${await page.title()} (${isAddress ? url : target})`);
  const panel = await driver.openPanel(page);
  console.log('Panel: open');
  await panel.click('.main-action:not(:disabled)');

  if (visible) {
    console.log('The summary is in the panel. Close the window to end.');
    await new Promise((closed) => driver?.browser.once('disconnected', closed));
  } else {
    mkdirSync(ARTIFACTS, { recursive: true });
    await printQuotes(panel);
    await page.screenshot({ path: `${ARTIFACTS}/page-${browser}.png` });
    await panel.screenshot(`${ARTIFACTS}/quotes-${browser}.png`);
    await printWritten(panel);
    await panel.screenshot(`${ARTIFACTS}/written-${browser}.png`);
    console.log(`\nScreenshots: artifacts/{page,quotes,written}-${browser}.png`);
  }
} finally {
  await driver?.close();
  site?.close();
}

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}
