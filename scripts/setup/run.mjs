// Runs one command of a script as a named step: says what starts, passes its output through, fails with a clear line.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

export class StepFailed extends Error {}

/**
 * @param {string | null} title printed before and, with the time, after; null for a step that speaks for itself
 * @param {string[]} command
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] quiet: its output is shown only where it fails
 */
export async function run(title, command, { quiet = false, env = {} } = {}) {
  const started = performance.now();
  if (title && !quiet) console.log(`\n${title} (${command.map((part) => part.replace(`${root}/`, '')).join(' ')})`);
  const child = spawn(command[0], command.slice(1), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  const code = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', done);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code !== 0) throw new StepFailed(`${output}${title ?? command.at(-1)}: failed (${code}) after ${seconds} s`);
  if (title) console.log(`${title}: done in ${seconds} s`);
}
