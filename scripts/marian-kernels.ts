// The translator's arithmetic compiled: AssemblyScript to WebAssembly. Called by the build (a hook of wxt.config.ts), by tests and by
// the bench.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KERNELS } from '../lib/model/load-translator.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = 'lib/model/marian/assembly/kernels.ts';
const OPTIONS = ['--optimizeLevel', '3', '--enable', 'simd', '--runtime', 'stub'];

/** Returns the file: the same bytes wherever it is compiled. Throws with the compiler's messages. */
export function compileKernels(): string {
  const file = path.join(ROOT, '.cache', KERNELS);
  mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}`;
  execFileSync('npx', ['--no-install', 'asc', SOURCE, ...OPTIONS, '--outFile', part], { cwd: ROOT });
  renameSync(part, file);
  return file;
}

/** In the shape of WXT's `build:publicAssets` hook. */
export function marianAsset(): { absoluteSrc: string; relativeDest: string } {
  return { absoluteSrc: compileKernels(), relativeDest: KERNELS };
}
