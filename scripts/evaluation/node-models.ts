// The product's own models, loaded by the product's own code, in Node on one thread.
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DEFAULT_MODEL, type CatalogEntry } from '../../lib/model/catalog.ts';
import { loadEmbedder, loadLanguageModel } from '../../lib/model/load.ts';
import type { Embedder, LanguageModel } from '../../lib/model/language-model.ts';
import type { Models } from '../../lib/tasks/models.ts';
import { writeOrtAssets } from '../ort-assets.ts';

const MODEL_FILES = fileURLToPath(new URL('../../.cache/models', import.meta.url));

interface Options {
  /** In place of the default model. */
  entry?: CatalogEntry;
  /** Its file, where that is not in .cache/models. */
  weights?: Uint8Array;
}

/** The models of the package, each loaded when it is first asked for; `close` removes what was unpacked for them. */
export async function openModels({ entry = DEFAULT_MODEL, weights }: Options = {}): Promise<
  Models & { close(): Promise<void> }
> {
  const folder = await mkdtemp(path.join(tmpdir(), 'inkling-evaluate-'));
  await writeOrtAssets(folder);
  const files = path.join(folder, 'models');
  await mkdir(files);
  for (const name of await readdir(MODEL_FILES)) {
    if (!weights || name !== entry.weights.name) await symlink(path.join(MODEL_FILES, name), path.join(files, name));
  }
  if (weights) await writeFile(path.join(files, entry.weights.name), weights);
  const source = {
    assetsUrl: `${pathToFileURL(folder).href}/`,
    threads: 1,
    signal: new AbortController().signal,
    fetch: readFileUrl,
  };
  let model: Promise<LanguageModel> | undefined;
  let embedder: Promise<Embedder> | undefined;
  return {
    entry,
    model: () =>
      (model ??= loadLanguageModel({ ...source, entry, device: 'cpu', files: null }).then((loaded) => loaded.model)),
    embedder: () => (embedder ??= loadEmbedder(source)),
    async close() {
      await (await model)?.dispose();
      await (await embedder)?.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

/** `fetch` for file URLs, which Node's own does not read. */
async function readFileUrl(url: RequestInfo | URL): Promise<Response> {
  const bytes = await readFile(fileURLToPath(url instanceof Request ? url.url : url));
  return new Response(new Uint8Array(bytes));
}
