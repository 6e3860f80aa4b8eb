// Builds the extension for the named browsers, unless the last build was of these very sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUILT } from '../browser/launch.ts';
import type { BrowserName } from './browsers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = [
  'components',
  'entrypoints',
  'lib',
  'public',
  'scripts/marian-kernels.ts',
  'scripts/ort-assets.ts',
  'wxt.config.ts',
  'package-lock.json',
];

for (const browser of process.argv.slice(2) as BrowserName[]) build(browser);

function build(browser: BrowserName): void {
  const stamp = `${BUILT[browser]}.sources`;
  const sources = hashOf(SOURCES);
  if (existsSync(BUILT[browser]) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
    console.log(`Build for ${browser}: nothing has changed since the last one`);
    return;
  }
  console.log(`Building for ${browser}`);
  const target = browser === 'firefox' ? 'firefox' : 'chrome';
  execFileSync('npx', ['--no-install', 'wxt', 'build', '--browser', target], { cwd: ROOT, stdio: 'inherit' });
  writeFileSync(stamp, sources);
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  for (const path of paths) add(resolve(ROOT, path));
  return hash.digest('hex');
}
