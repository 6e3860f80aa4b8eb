// The worker's script for downloads of models.
import { AppError } from '../errors.ts';
import { sayChanged } from '../model/download/changes.ts';
import { openFolder } from '../model/download/folder.ts';
import { downloadEvents } from '../model/download/task-events.ts';
import { entryOf } from '../model/hub/entry.ts';
import { downloadModel } from '../model/hub/download-model.ts';
import { inspectWeights } from '../model/hub/inspect-weights.ts';
import { MODELS_CHANNEL, ModelStore, WEIGHTS_FOLDER } from '../model/hub/model-store.ts';
import { underWay } from '../model/hub/under-way.ts';
import { serveWorker } from './serve-worker.ts';

serveWorker(self, () => {
  const store = openFolder(WEIGHTS_FOLDER).then((folder) => new ModelStore({ folder }));
  return {
    async *run(task, signal) {
      if (task.kind !== 'download-model') throw new AppError('internal', `${task.kind} is not done here`);
      const opened = await store;
      try {
        const download = () =>
          downloadEvents(
            (onProgress, signal) =>
              downloadModel({ ...task, store: opened, signal, onProgress, inspect: inspectWeights }),
            signal,
          );
        yield* underWay(entryOf(task.repository, task.file).id, download);
      } finally {
        // A part of a model is one that can be deleted, and less to download.
        sayChanged(MODELS_CHANNEL);
      }
    },
  };
});
