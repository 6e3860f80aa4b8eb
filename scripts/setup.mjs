// Gets everything that `npm start` and `npm test` need, in order and only where it is missing. Plain JavaScript on Node's
// own modules, because it runs before any package is installed; what needs packages follows in scripts/setup/.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './setup/run.mjs';

export const root = resolve(fileURLToPath(import.meta.url), '../..');

/**
 * @param {('chromium' | 'firefox' | 'display')[]} needs which browsers, and whether a virtual display for real menus: with it, all that tests use
 */
export async function setup(needs) {
  checkNode();
  await installPackages();
  // TypeScript's settings extend what WXT writes; without them nothing below can run.
  if (!existsSync(resolve(root, '.wxt/tsconfig.json'))) {
    await run('Project files', ['npx', '--no-install', 'wxt', 'prepare'], { quiet: true });
  }
  await runTypeScript('setup/models.ts', []);
  await runTypeScript('setup/browsers.ts', needs);
  if (needs.includes('display')) await runTypeScript('setup/llama-server.ts', []);
}

/** Runs a script of this folder in its own process. */
export function runTypeScript(script, args) {
  return run(null, [process.execPath, '--import', 'tsx', resolve(root, 'scripts', script), ...args]);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Inkling needs Node 20.19 or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  );
}

async function installPackages() {
  if (packagesAreCurrent()) return console.log('Packages: installed');
  await run('Packages: installing', ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/** True where each locked package lies in node_modules in its locked version (npm notes there what it installed). */
function packagesAreCurrent() {
  const installedFile = resolve(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup(['chromium', 'firefox', 'display']);
