// Bundles the editors' pages, and lib/page/editable as the content script of a small extension: both lie in .cache/editors, because
// the editors come from their packages as they are and only a bundler puts them together.
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { build } from 'esbuild';
import type { BrowserName } from '../../scripts/setup/browsers.ts';

const OUTPUT = resolve(import.meta.dirname, '../../.cache/editors');
const PAGES = resolve(import.meta.dirname, 'pages');

export interface Bundled {
  /** The folder of the pages, one of each name with `.html`. */
  site: string;
  /** The folder of an extension that runs `content-script.ts` in every frame of this machine's pages. */
  extension: string;
}

export async function bundleEditors(browser: BrowserName): Promise<Bundled> {
  const bundled = { site: join(OUTPUT, `site-${browser}`), extension: join(OUTPUT, `extension-${browser}`) };
  await Promise.all([bundlePages(bundled.site), bundleExtension(bundled.extension, browser)]);
  return bundled;
}

export function pageNames(): string[] {
  return readdirSync(PAGES).map((file) => parse(file).name);
}

async function bundlePages(folder: string): Promise<void> {
  const names = pageNames();
  await build({
    entryPoints: names.map((name) => join(PAGES, `${name}.ts`)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: 'es2023',
    // Draft.js takes the global object by the name that it has in Node.
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.ttf': 'file', '.svg': 'file' },
    logLevel: 'error',
  });
  await Promise.all(names.map((name) => writeFile(join(folder, `${name}.html`), pageOf(name))));
}

function pageOf(name: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
<link rel="stylesheet" href="/${name}.css">
<button id="elsewhere">elsewhere</button><div id="editor"></div>
<script type="module" src="/${name}.js"></script></html>`;
}

async function bundleExtension(folder: string, browser: BrowserName): Promise<void> {
  await mkdir(folder, { recursive: true });
  const script = {
    matches: ['http://127.0.0.1/*'],
    js: ['content-script.js'],
    all_frames: true,
    run_at: 'document_start',
  };
  const manifest = {
    manifest_version: browser === 'firefox' ? 2 : 3,
    name: 'Inkling, rewriting in editors',
    version: '1.0',
    content_scripts: [script],
    ...(browser === 'firefox' && { browser_specific_settings: { gecko: { id: 'editors@on-device' } } }),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [resolve(import.meta.dirname, 'content-script.ts')],
    outdir: folder,
    bundle: true,
    format: 'iife',
    target: 'es2023',
    define: { 'import.meta.env.FIREFOX': String(browser === 'firefox') },
    minifySyntax: true, // leaves out what the other browser alone runs, as the product's build does
    logLevel: 'error',
  });
}
