// The built packages, as the project tests read them. Built by `npm run build`; a missing one is a failure.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, ROOT } from './source.ts';

export const PACKAGES = ['chrome-mv3', 'firefox-mv2'] as const;
export type Package = (typeof PACKAGES)[number];

/** The package's files, as it names them. */
export function packageFiles(name: Package): string[] {
  const folder = `.output/${name}`;
  if (!existsSync(path.join(ROOT, folder, 'manifest.json')))
    throw new Error(`${folder} is not built: run npm run build`);
  return listFiles(folder).map((file) => file.slice(folder.length + 1));
}

export function readPackaged(name: Package, file: string): Buffer {
  return readFileSync(path.join(ROOT, '.output', name, file));
}

export function readManifest(name: Package): Record<string, unknown> {
  return JSON.parse(readPackaged(name, 'manifest.json').toString()) as Record<string, unknown>;
}
