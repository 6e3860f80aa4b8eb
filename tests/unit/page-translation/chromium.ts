// Opens pages in a real browser with page translation in them: what is a block and what is near the window needs layout.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium, openOffline } from '../../../scripts/evaluate-extraction.ts';
import type * as pageScript from './page-script.ts';

declare global {
  var pageTranslation: typeof pageScript;
  /** The one under test. */
  var subject: pageScript.Subject;
}

export interface Chromium {
  /** A page with this body. */
  open(body: string): Promise<Page>;
  openDocument(html: string): Promise<Page>;
}

/** One browser for the tests of a file. */
export function useChromium(): Chromium {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchChromium(), bundle()]);
  }, 60_000);
  afterAll(() => browser.close());

  const openDocument = async (html: string): Promise<Page> => {
    const page = await openOffline(browser, html);
    await page.evaluate(script);
    return page;
  };
  return {
    openDocument,
    open: (body) => openDocument(`<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title><body>${body}`),
  };
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('page-script.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'pageTranslation' } },
  });
  const [made] = Array.isArray(output) ? output : [output];
  if (!('output' in made)) throw new Error('vite is watching');
  return made.output[0].code;
}
