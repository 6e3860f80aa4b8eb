// Renders public/icon/inkling.svg to the sizes that browsers ask for. Run it after changing the drawing: npx tsx scripts/icons.ts
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from './setup/browsers.ts';

const SIZES = [16, 32, 48, 128];
const folder = fileURLToPath(new URL('../public/icon/', import.meta.url));

const svg = await readFile(`${folder}inkling.svg`, 'utf8');
const browser = await puppeteer.launch({
  executablePath: findBrowser('chromium') ?? 'chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
    await page.screenshot({ path: `${folder}${size}.png`, omitBackground: true });
  }
} finally {
  await browser.close();
}
