// ONNX Runtime in Node, from the files that the extension carries.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadOrtModule, type OrtModule } from '../../../lib/model/ort/module.ts';
import { writeOrtAssets } from '../../../scripts/ort-assets.ts';

/** A folder with the patched runtime, as the extension carries it; `remove` it after the tests. */
export async function ortFolder(): Promise<{ url: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inkling-ort-'));
  await writeOrtAssets(folder);
  return { url: `${pathToFileURL(folder).href}/`, remove: () => rm(folder, { recursive: true }) };
}

/** The runtime in Node, on one thread. */
export async function startRuntime(): Promise<{ module: OrtModule; stop: () => Promise<void> }> {
  const folder = await ortFolder();
  return { module: await loadOrtModule('cpu', 1, folder.url), stop: folder.remove };
}
