// Whether the page comes that greets who has just installed Inkling: it takes the front by itself.
import { existsSync, readdirSync } from 'node:fs';
import type { BrowserName } from '../setup/browsers.ts';
import type { LaunchOptions } from './driver.ts';

/** True where the browser will take the extension for a new one: Firefox always does with a temporary add-on. */
export function isFirstRun(browser: BrowserName, { profile }: Pick<LaunchOptions, 'profile'>): boolean {
  return browser === 'firefox' || profile === undefined || !existsSync(profile) || readdirSync(profile).length === 0;
}
