// A name for the code that a model's answer depends on: what another version has made is not given again as this one's.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['../lib/tasks', '../lib/model'];

/** Changes with any file of the tasks and models, and with nothing else. */
export function codeVersion(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS.map((each) => fileURLToPath(new URL(each, import.meta.url)))) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => each.endsWith('.ts')).sort()) {
      hash.update(name.replaceAll('\\', '/')).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
