// The built extension, for what is measured in it.
import { execFileSync } from 'node:child_process';
import type { BrowserName } from '../setup/browsers.ts';

/** `root`: the project's folder. */
export function buildExtensions(root: string, browsers: BrowserName[]): void {
  const command = ['--no-install', 'tsx', 'scripts/setup/build.ts', ...browsers];
  execFileSync('npx', command, { cwd: root, stdio: 'inherit' });
}
