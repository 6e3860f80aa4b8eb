// The worker's script for translation: the one place where the translate task, its models and their packs come together.
import { PACKAGED_PACKS } from '../model/catalog.ts';
import { loadTranslator } from '../model/load-translator.ts';
import { downloadTask } from '../model/packs/download-task.ts';
import { openFolder } from '../model/download/folder.ts';
import { sayPacksChanged } from '../model/packs/packs-changed.ts';
import { PACK_FOLDER, PackStore } from '../model/packs/pack-store.ts';
import { translate } from '../tasks/translate.ts';
import { fetchFrom } from './package-files.ts';
import { serveWorker } from './serve-worker.ts';
import { TranslationEngine } from './translation-engine.ts';
import { TranslationStore } from './translation-store.ts';
import type { StartMessage } from './worker-link.ts';

serveWorker<StartMessage>(self, ({ assetsUrl, packageFiles }) => {
  const store = openFolder(PACK_FOLDER).then(
    (folder) =>
      new PackStore({
        folder,
        packaged: PACKAGED_PACKS,
        assetsUrl,
        ...(packageFiles && { fetch: fetchFrom(packageFiles) }),
      }),
  );
  return new TranslationEngine({
    loadTranslator: async () => loadTranslator(await store, assetsUrl),
    cache: new TranslationStore(),
    translate,
    async *download(task, signal) {
      try {
        yield* downloadTask(task, await store, signal);
      } finally {
        // A part of a pack is one that can be deleted, and less to download.
        sayPacksChanged();
      }
    },
  });
});
