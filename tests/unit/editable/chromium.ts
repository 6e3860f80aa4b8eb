// Opens pages in a real browser with lib/page/editable in them: what is a line and what is shown needs layout.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium, openOffline } from '../../../scripts/evaluate-extraction.ts';
import type * as pageScript from './page-script.ts';

declare global {
  var editable: typeof pageScript;
}

/** One browser for the tests of a file; a page with this in an editable `#root`. */
export function useChromium(): (html: string) => Promise<Page> {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    [browser, script] = await Promise.all([launchChromium(), bundleEditable()]);
  }, 60_000);
  afterAll(() => browser.close());
  return async (html) => {
    const page = await openOffline(
      browser,
      `<!doctype html><meta charset="utf-8"><title>t</title><style>p, ul { margin: 0 }</style>
       <body><div id="root" contenteditable="true">${html}</div>`,
    );
    await page.evaluate(script);
    return page;
  };
}

async function bundleEditable(): Promise<string> {
  const entry = fileURLToPath(new URL('page-script.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'import.meta.env.FIREFOX': 'false' },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'editable' } },
  });
  const [made] = Array.isArray(output) ? output : [output];
  if (!('output' in made)) throw new Error('vite is watching');
  return made.output[0].code;
}
