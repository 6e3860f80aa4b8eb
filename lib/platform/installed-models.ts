// What can be loaded on this machine now: all that the engine's host has to know of models (lib/platform/models.ts lists and fetches).
import { DEFAULT_MODEL, type CatalogEntry } from '../model/catalog.ts';
import { openFolder } from '../model/download/folder.ts';
import { ModelStore, WEIGHTS_FOLDER } from '../model/hub/model-store.ts';

/** The packaged model, then what the reader has brought here: none where the browser has no place for them. */
export async function installedModels(): Promise<CatalogEntry[]> {
  const folder = await openFolder(WEIGHTS_FOLDER).catch(() => null);
  return folder ? [DEFAULT_MODEL, ...(await new ModelStore({ folder }).installed())] : [DEFAULT_MODEL];
}
