// The page that greets who has just installed Inkling: it comes in front by itself, so it is out of the way before a page is looked at.
import { existsSync, readdirSync } from 'node:fs';
import type { Browser, Target } from 'puppeteer-core';
import type { LaunchOptions } from './driver.ts';

/** True where the browser will take the extension for a new one: a temporary add-on of Firefox always is. */
export function isFirstRun(browser: 'chromium' | 'firefox', { profile }: Pick<LaunchOptions, 'profile'>): boolean {
  return browser === 'firefox' || profile === undefined || !existsSync(profile) || readdirSync(profile).length === 0;
}

export async function closeWelcome(browser: Browser): Promise<void> {
  const target = await browser.waitForTarget(isWelcome);
  const closed = new Promise<void>((resolve) => {
    browser.on('targetdestroyed', (gone) => {
      if (gone === target) resolve();
    });
  });
  await (await target.page())?.close();
  await closed;
}

function isWelcome(target: Target): boolean {
  return target.url().endsWith('/welcome.html');
}
