// A worker of this folder as one file, as a page of the test's own site loads it.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'vite';

const OUTPUT = resolve(import.meta.dirname, '../../.cache/e2e');

/** The script's text. `file` lies beside this one. */
export async function bundleWorker(file: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: resolve(import.meta.dirname, file),
        output: { entryFileNames: '[name].js', inlineDynamicImports: true },
      },
    },
  });
  return readFile(resolve(OUTPUT, file.replace('.ts', '.js')), 'utf8');
}
