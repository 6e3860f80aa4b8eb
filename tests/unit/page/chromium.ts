// Opens the fixture pages in a real browser, with lib/page in them: what is visible needs layout.
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import type { Article } from '../../../lib/article.ts';
import { bundlePageScript, launchChromium, openOffline } from '../../../scripts/evaluate-extraction.ts';

export interface Chromium {
  open(html: string): Promise<Page>;
  openFixture(name: string): Promise<Page>;
  extract(name: string): Promise<Article>;
}

/** One browser for the tests of a file. */
export function useChromium(): Chromium {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchChromium(), bundlePageScript()]);
  }, 60_000);
  afterAll(() => browser.close());

  const open = async (html: string): Promise<Page> => {
    const page = await openOffline(browser, html);
    await page.evaluate(script);
    return page;
  };
  const openFixture = async (name: string): Promise<Page> => open(await readFixture(name));
  const extract = async (name: string): Promise<Article> => {
    const page = await openFixture(name);
    const article = await page.evaluate(() => inklingPage.extractArticle(document));
    await page.close();
    return article;
  };
  return { open, openFixture, extract };
}

export function readFixture(name: string): Promise<string> {
  return readFile(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), 'utf8');
}

export function textOf(article: Article): string {
  return article.blocks.map((block) => block.text).join('\n');
}
