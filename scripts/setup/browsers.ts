// Finds the browsers that Inkling is started and tested in, and gets them on Debian. Arguments: what is needed.
// INKLING_CHROMIUM and INKLING_FIREFOX name another program to use.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type BrowserName = 'chromium' | 'firefox';
type Need = BrowserName | 'display';

const PROGRAMS: Record<BrowserName, { variable: string; names: string[] }> = {
  chromium: {
    variable: 'INKLING_CHROMIUM',
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
  },
  firefox: {
    variable: 'INKLING_FIREFOX',
    names: [
      'firefox-esr',
      'firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
};

/** What `apt-get install` calls it. A virtual display and its keyboard serve the tests that use real menus. */
const DEBIAN_PACKAGES: Record<Need, string[]> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  display: ['xvfb', 'xdotool'],
};

/** The browser's program, or null where this machine has none. */
export function findBrowser(browser: BrowserName): string | null {
  const { variable, names } = PROGRAMS[browser];
  const chosen = process.env[variable];
  for (const name of chosen ? [chosen] : names) {
    const program = findProgram(name);
    if (program) return program;
  }
  return null;
}

export function findProgram(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isMissing(need: Need): boolean {
  if (need !== 'display') return !findBrowser(need);
  return process.platform === 'linux' && !(findProgram('Xvfb') && findProgram('xdotool'));
}

function install(missing: Need[]): void {
  const packages = missing.flatMap((need) => DEBIAN_PACKAGES[need]);
  if (!findProgram('apt-get') || process.getuid?.() !== 0) {
    throw new Error(`Please install ${packages.join(', ')} and run this again.`);
  }
  console.log(`Installing ${packages.join(', ')} (apt-get)`);
  const aptGet = (...args: string[]) =>
    execFileSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const needs = process.argv.slice(2) as Need[];
  const missing = needs.filter(isMissing);
  if (missing.length > 0) install(missing);
  for (const need of needs) {
    if (isMissing(need)) throw new Error(`${need}: still missing after installing it.`);
    if (need !== 'display') console.log(`Browser: ${findBrowser(need) ?? ''}`);
  }
}
