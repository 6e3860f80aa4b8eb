// All models that there are for this machine: in the package, downloaded, half downloaded, the reader's own, and those to be had.
import { CATALOG, type CatalogEntry } from '../catalog.ts';
import { entryOf } from './entry.ts';
import type { ModelStore } from './model-store.ts';

export interface ListedModel {
  entry: CatalogEntry;
  /** packaged: in the extension itself. installed: ready. partial: a download was cut. available: can be downloaded. */
  state: 'packaged' | 'installed' | 'partial' | 'available';
  /** On disk now, with what was made of the weights. */
  storedBytes: number;
}

/** In the catalog's order, then what else is here, by name. */
export async function listModels(store: ModelStore): Promise<ListedModel[]> {
  const [installed, partial] = [await store.installed(), await store.partials()];
  const known = new Set(CATALOG.map(({ id }) => id));
  const others = [...partial.keys()].flatMap((id) => entryFromId(id) ?? []);
  const byId = new Map([...CATALOG, ...others, ...installed].map((entry) => [entry.id, entry]));
  const models = [...byId.values()].map(async (entry): Promise<ListedModel> => {
    if (entry.origin.kind === 'package') return { entry, state: 'packaged', storedBytes: 0 };
    const isInstalled = installed.some(({ id }) => id === entry.id);
    const state = isInstalled ? 'installed' : partial.has(entry.id) ? 'partial' : 'available';
    return { entry, state, storedBytes: await store.storedBytes(entry) };
  });
  const listed = await Promise.all(models);
  return [
    ...listed.filter(({ entry }) => known.has(entry.id)),
    ...listed.filter(({ entry }) => !known.has(entry.id)).sort((a, b) => a.entry.name.localeCompare(b.entry.name)),
  ];
}

/** Of what came from a repository that is not in the catalog, the id says from where. */
function entryFromId(id: string): CatalogEntry | null {
  const [owner, name, ...path] = id.split('/');
  return name && path.length > 0 ? entryOf(`${owner}/${name}`, path.join('/')) : null;
}
