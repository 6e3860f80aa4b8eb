// Launches a driver by the browser's name, with the extension as `npm run build` leaves it.
import { resolve } from 'node:path';
import type { BrowserName } from '../setup/browsers.ts';
import { ChromiumDriver } from './chromium.ts';
import type { Driver, LaunchOptions } from './driver.ts';
import { FirefoxDriver } from './firefox.ts';
import { isFirstRun } from './welcome.ts';

const OUTPUT = resolve(import.meta.dirname, '../../.output');

export const BUILT: Record<BrowserName, string> = {
  chromium: resolve(OUTPUT, 'chrome-mv3'),
  firefox: resolve(OUTPUT, 'firefox-mv2'),
};

export async function launch(browser: BrowserName, options: Omit<LaunchOptions, 'extension'> = {}): Promise<Driver> {
  const all = { ...options, extension: BUILT[browser] };
  const isFirst = isFirstRun(browser, options);
  const driver = await (browser === 'chromium' ? ChromiumDriver.launch(all) : FirefoxDriver.launch(all));
  if (isFirst && !options.keepWelcome) await (await driver.ownPage('welcome.html')).close();
  return driver;
}
