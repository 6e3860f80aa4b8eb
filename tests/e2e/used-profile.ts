// The browser's profile of who has had Inkling for a day: installed, greeted, the built-in model prepared. Made once for a build,
// so that not every file of tests waits for what only the first minute of an installation brings (first-run.test.ts, page-summary.test.ts).
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { BUILT, launch } from '../../scripts/browser/launch.ts';
import type { BrowserName } from '../../scripts/setup/browsers.ts';

/** Where it lies, for the browser's tests to copy. */
export function usedProfile(browser: BrowserName): string {
  return `${BUILT[browser]}.profile`;
}

/** Before the tests of a browser (vitest's globalSetup). */
export async function setup(project: TestProject): Promise<void> {
  const { browser } = project.getProvidedContext();
  const profile = usedProfile(browser);
  const ofBuild = `${profile}.sources`;
  const sources = readFileSync(`${BUILT[browser]}.sources`, 'utf8');
  if (existsSync(ofBuild) && readFileSync(ofBuild, 'utf8') === sources) return;
  rmSync(profile, { recursive: true, force: true });
  const driver = await launch(browser, { profile, keepWelcome: true });
  try {
    // It says so once it has tried the model.
    await (await driver.ownPage('welcome.html')).waitForSelector('.figures[data-kind=tried]', { timeout: 300_000 });
  } finally {
    await driver.close();
  }
  writeFileSync(ofBuild, sources);
}

/** A copy in the folder, to be used and thrown away. */
export function copyUsedProfile(browser: BrowserName, folder: string): void {
  cpSync(usedProfile(browser), folder, { recursive: true, verbatimSymlinks: true });
}
