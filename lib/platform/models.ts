// The models of this machine, as pages of the extension list, fetch, add and delete them. They lie in the origin's private file
// system, which pages and workers share; downloads run in the host's workers.
import { fitsMemory, memoryBudgetBytes } from '../engine/memory-budget.ts';
import { connect } from '../engine/port.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../model/catalog.ts';
import { onChanged, sayChanged } from '../model/download/changes.ts';
import { openFolder } from '../model/download/folder.ts';
import { parseRepositoryName, readRepository } from '../model/hub/hub.ts';
import { inspectWeights, type Inspection } from '../model/hub/inspect-weights.ts';
import { listModels, type ListedModel } from '../model/hub/model-list.ts';
import { downloadsUnderWay } from '../model/hub/under-way.ts';
import { CONVERTED_FOLDER, MODELS_CHANNEL, ModelStore, WEIGHTS_FOLDER } from '../model/hub/model-store.ts';
import { addOwnModel } from '../model/hub/own-model.ts';
import { modelFiles, proposeFile, type RepositoryFile } from '../model/hub/repository-files.ts';
import type { TaskEvent } from '../protocol.ts';
import { openEnginePort } from './engine-port.ts';
import type { Unsubscribe } from './panel.ts';
import { loadSettings } from './settings.ts';
import { readSpeeds } from './speeds.ts';

/** A model, and whether this machine has the memory for it. */
export interface OfferedModel extends ListedModel {
  fits: boolean;
  /** It is being downloaded now, whoever asked for it. */
  isComing: boolean;
  /** Tokens that it has written in a second on this machine, as last measured; absent where it was not. */
  tokensPerSecond?: number;
}

/** The GGUF files of a repository. */
export interface Repository {
  name: string;
  licence: string;
  files: RepositoryFile[];
  /** The one to take unless the reader knows better; null where none can run. */
  proposed: RepositoryFile | null;
}

export interface ModelsPlatform {
  /** What a model may take of this machine's memory, about. */
  readonly memoryBudgetBytes: number;
  /** Calls back soon with every model that there is, and whenever one has come, in part or whole, or is gone. */
  onModels(listener: (models: OfferedModel[]) => void): Unsubscribe;
  /** As the browser says: of all that Inkling keeps; `freeBytes` is null where it does not tell. */
  readStorage(): Promise<{ usedBytes: number; freeBytes: number | null }>;
  /** From where an earlier download was cut. Aborting pauses it. `progress` and `done` only. */
  download(repository: string, file: string, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** What has come of it in part, too. */
  deleteModel(id: string): Promise<void>;
  /** By `owner/name`, or an address with that in it. Throws `download-failed`, `offline`, `aborted`. */
  readRepository(name: string, signal: AbortSignal): Promise<Repository>;
  /** Copies a file of the reader's. Throws `unsupported`, `model-corrupt`, `storage-full`, `aborted`. */
  addOwnModel(
    file: File,
    signal: AbortSignal,
    onProgress: (copiedBytes: number, totalBytes: number) => void,
  ): Promise<void>;
}

/** What can be loaded now: the packaged model, then what the reader has brought here. */
export async function installedModels(): Promise<CatalogEntry[]> {
  return [DEFAULT_MODEL, ...(await (await openStore()).installed())];
}

export function onModelsChanged(listener: () => void): Unsubscribe {
  return onChanged(MODELS_CHANNEL, listener);
}

export function modelsPlatform(): ModelsPlatform {
  const engine = connect(openEnginePort);
  return {
    memoryBudgetBytes: memoryBudgetBytes(deviceMemoryGb()),
    onModels(listener) {
      const report = async () => {
        const [listed, coming, speeds] = await Promise.all([
          openStore().then(listModels),
          downloadsUnderWay(),
          readSpeeds(),
        ]);
        listener(listed.map((model) => ({ ...offer(model, coming), tokensPerSecond: speeds[model.entry.name] })));
      };
      void report();
      return onModelsChanged(() => void report());
    },
    async readStorage() {
      const { usage = 0, quota } = await navigator.storage.estimate();
      return { usedBytes: usage, freeBytes: quota === undefined ? null : quota - usage };
    },
    async *download(repository, file, signal) {
      const { hubEndpoint: endpoint } = await loadSettings();
      yield* engine.run({ kind: 'download-model', repository, file, endpoint }, signal);
    },
    async deleteModel(id) {
      await (await openStore()).delete(id);
      sayChanged(MODELS_CHANNEL);
    },
    async readRepository(text, signal) {
      const name = parseRepositoryName(text);
      if (!name) throw new AppError('download-failed', 'not the name of a repository');
      const { licence, files } = await readRepository(name, (await loadSettings()).hubEndpoint, { signal });
      const listed = modelFiles(files, (memoryBytes) => fitsMemory(memoryBytes, deviceMemoryGb()));
      return { name, licence, files: listed, proposed: proposeFile(listed) };
    },
    async addOwnModel(file, signal, onProgress) {
      try {
        await addOwnModel({ file, store: await openStore(), signal, onProgress, inspect });
      } finally {
        sayChanged(MODELS_CHANNEL);
      }
    },
  };
}

/** Of a file of the reader's: it has to fit, too. Throws `out-of-memory`, and as `inspectWeights`. */
async function inspect(weights: Blob): Promise<Inspection> {
  const found = await inspectWeights(weights);
  if (fitsMemory(found.memoryBytes, deviceMemoryGb())) return found;
  throw new AppError('out-of-memory', `about ${found.memoryBytes} bytes`);
}

async function openStore(): Promise<ModelStore> {
  const [folder, converted] = await Promise.all([openFolder(WEIGHTS_FOLDER), openFolder(CONVERTED_FOLDER)]);
  return new ModelStore({ folder, converted });
}

function offer(model: ListedModel, coming: ReadonlySet<string>): OfferedModel {
  const { memoryBytes, id } = model.entry;
  return { ...model, fits: fitsMemory(memoryBytes, deviceMemoryGb()), isComing: coming.has(id) };
}

/** Where the browser says. */
function deviceMemoryGb(): number | undefined {
  return (navigator as { deviceMemory?: number }).deviceMemory;
}
