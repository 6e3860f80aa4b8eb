// One browser per test file, with the built extension and a local site, and what every test here holds to: no request leaves
// the machine. How the browsers are driven: scripts/browser/driver.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Page } from 'puppeteer-core';
import { ChromiumDriver } from '../../scripts/browser/chromium.ts';
import type { Driver, LaunchOptions } from '../../scripts/browser/driver.ts';
import { launch } from '../../scripts/browser/launch.ts';
import { startSite, type Site } from '../../scripts/browser/site.ts';
import type { BrowserName } from '../../scripts/setup/browsers.ts';
import { articleOfWords } from './long-article.ts';
import { copyUsedProfile } from './used-profile.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Which browser this run of the file is for (vitest.config.ts). */
    browser: BrowserName;
  }
}

export const isChromium = inject('browser') === 'chromium';
export const LONG_ARTICLE_WORDS = 12_000;

interface Subject {
  driver: Driver;
  site: Site;
  /** Opens a page of tests/pages (or `long.html`) in a new tab. */
  open(path: string): Promise<Page>;
}

interface Options extends Pick<LaunchOptions, 'args'> {
  /** As it is in the minute of its installation; else as it is the day after. */
  isNew?: boolean;
  /** More pages of the site, by their path. */
  pages?: Record<string, string | Uint8Array>;
}

/** Filled before the first test of the file runs. */
export function useBrowser({ pages, isNew, ...options }: Options = {}): Subject {
  const browser = inject('browser');
  const profile = isNew ? undefined : mkdtempSync(join(tmpdir(), 'profile-'));
  const subject = {
    open: (path: string) => subject.driver.openPage(subject.site.url + path),
  } as Subject;

  beforeAll(async () => {
    subject.site = await startSite(undefined, { 'long.html': articleOfWords(LONG_ARTICLE_WORDS), ...pages });
    if (profile) copyUsedProfile(browser, profile);
    subject.driver = await launch(browser, { withMenus: true, profile, ...options });
  });

  afterEach(async () => {
    await subject.driver.closePanel();
    expect(subject.driver.foreignRequests.splice(0), 'requests to other machines').toEqual([]);
  });

  afterAll(async () => {
    await subject.driver.close();
    subject.site.close();
    // The browser's last processes may still write.
    if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  });

  return subject;
}

/** The driver as Chromium's, for what only Chromium has. */
export function chromium(driver: Driver): ChromiumDriver {
  if (!(driver instanceof ChromiumDriver)) throw new Error('only in Chromium');
  return driver;
}
