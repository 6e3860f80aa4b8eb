// The language packs of this machine, as pages of the extension list and delete them. They lie in the origin's private file system,
// which pages and workers share; downloads run in the host's workers.
import { browser } from 'wxt/browser';
import { TranslationStore } from '../engine/translation-store.ts';
import { PACKAGED_PACKS } from '../model/catalog.ts';
import { openFolder } from '../model/download/folder.ts';
import { PACK_FOLDER, PackStore } from '../model/packs/pack-store.ts';
import { onPacksChanged, sayPacksChanged } from '../model/packs/packs-changed.ts';
import type { LanguagePack, LanguagePair } from '../protocol.ts';

/** Calls back soon with every direction that there is, and whenever one is downloaded or deleted. Returns the end of it. */
export function onPacks(listener: (packs: LanguagePack[]) => void): () => void {
  const report = async () => listener(await (await store()).list());
  void report();
  return onPacksChanged(() => void report());
}

/** And every translation that is remembered: some were made with it. */
export async function deletePack(pair: LanguagePair): Promise<void> {
  await (await store()).delete(pair);
  await new TranslationStore().clear();
  sayPacksChanged();
}

async function store(): Promise<PackStore> {
  return new PackStore({
    folder: await openFolder(PACK_FOLDER),
    packaged: PACKAGED_PACKS,
    assetsUrl: browser.runtime.getURL('/'),
  });
}
