// The models of this machine, as pages of the extension list, fetch, add and delete them. They lie in the origin's private file
// system, which pages and workers share; downloads run in the host's workers.
import { memoryBudgetBytes, requireMemory } from '../engine/memory-budget.ts';
import { connect } from '../engine/port.ts';
import { AppError, toWire, type ErrorCode } from '../errors.ts';
import { DEFAULT_MODEL, type CatalogEntry } from '../model/catalog.ts';
import { onChanged, sayChanged } from '../model/download/changes.ts';
import { openFolder } from '../model/download/folder.ts';
import { entryOf } from '../model/hub/entry.ts';
import { parseRepositoryName, readRepository, type HubRepository } from '../model/hub/hub.ts';
import { inspectAhead } from '../model/hub/inspect-ahead.ts';
import { inspectWeights, type Inspection } from '../model/hub/inspect-weights.ts';
import { listModels, type ListedModel } from '../model/hub/model-list.ts';
import { downloadsUnderWay } from '../model/hub/under-way.ts';
import { CONVERTED_FOLDER, MODELS_CHANNEL, ModelStore, WEIGHTS_FOLDER } from '../model/hub/model-store.ts';
import { addOwnModel } from '../model/hub/own-model.ts';
import { modelFiles, type RepositoryFile } from '../model/hub/repository-files.ts';
import type { TaskEvent } from '../protocol.ts';
import { deviceMemoryGb } from './device-memory.ts';
import { openEnginePort } from './engine-port.ts';
import { fitsHere, recommendHere } from './machine.ts';
import type { Unsubscribe } from './panel.ts';
import { loadSettings } from './settings.ts';
import { readSpeeds } from './speeds.ts';

/** A model, and whether this machine has the memory for it. */
export interface OfferedModel extends ListedModel {
  fits: boolean;
  /** It is being downloaded now, whoever asked for it. */
  isComing: boolean;
  /** The one to take, as far as the speed of the packaged model has told. */
  isRecommended: boolean;
  /** Tokens that it has written in a second on this machine, as last measured; absent where it was not. */
  tokensPerSecond?: number;
}

/** The GGUF files of a repository. */
export interface Repository {
  name: string;
  licence: string;
  files: RepositoryFile[];
}

export interface ModelsPlatform {
  /** What a model may take of this machine's memory, about. */
  readonly memoryBudgetBytes: number;
  /** Calls back soon with every model that there is, and whenever one has come, in part or whole, or is gone. */
  onModels(listener: (models: OfferedModel[]) => void): Unsubscribe;
  /** As the browser says: of all that Inkling keeps; `freeBytes` is null where it does not tell. */
  readStorage(): Promise<{ usedBytes: number; freeBytes: number | null }>;
  /**
   * From where an earlier download was cut; what begins is looked into first, as `inspectFile` does. Aborting pauses it. `progress` and
   * `done` only.
   */
  download(repository: string, file: string, signal: AbortSignal): AsyncIterable<TaskEvent>;
  /** What has come of it in part, too. */
  deleteModel(id: string): Promise<void>;
  /** By `owner/name`, or an address with that in it. Throws `download-failed`, `offline`, `aborted`. */
  readRepository(name: string, signal: AbortSignal): Promise<Repository>;
  /**
   * Looks into a file of a repository without fetching its weights. Throws `unsupported`, `model-corrupt` or `out-of-memory` for what
   * cannot run here, and as `readRepository` where that could not be found out.
   */
  inspectFile(repository: string, file: string, signal: AbortSignal): Promise<void>;
  /** Copies a file of the reader's. Throws `unsupported`, `model-corrupt`, `storage-full`, `aborted`. */
  addOwnModel(
    file: File,
    signal: AbortSignal,
    onProgress: (copiedBytes: number, totalBytes: number) => void,
  ): Promise<void>;
}

/** What is said of a model and not of the way to it. */
const VERDICTS: ErrorCode[] = ['unsupported', 'model-corrupt', 'out-of-memory', 'aborted'];

/** What can be loaded now: the packaged model, then what the reader has brought here. */
export async function installedModels(): Promise<CatalogEntry[]> {
  return [DEFAULT_MODEL, ...(await (await openStore()).installed())];
}

export function onModelsChanged(listener: () => void): Unsubscribe {
  return onChanged(MODELS_CHANNEL, listener);
}

export function modelsPlatform(): ModelsPlatform {
  const engine = connect(openEnginePort);
  /** As last listed, by name, and what was found to run of them. */
  const repositories = new Map<string, HubRepository>();
  const sound = new Set<string>();

  const inspectFile = async (name: string, file: string, signal: AbortSignal) => {
    const key = `${name}/${file}`;
    if (sound.has(key)) return;
    const { hubEndpoint } = await loadSettings();
    const repository = repositories.get(name) ?? (await readRepository(name, hubEndpoint, { signal }));
    const { memoryBytes } = await inspectAhead(repository, file, hubEndpoint, { signal });
    requireMemory(memoryBytes, deviceMemoryGb());
    sound.add(key);
  };

  return {
    memoryBudgetBytes: memoryBudgetBytes(deviceMemoryGb()),
    onModels(listener) {
      const report = async () => {
        const [listed, coming, speeds] = await Promise.all([
          openStore().then(listModels),
          downloadsUnderWay(),
          readSpeeds(),
        ]);
        listener(listed.map((model) => offer(model, coming, speeds)));
      };
      void report();
      return onModelsChanged(() => void report());
    },
    async readStorage() {
      const { usage = 0, quota } = await navigator.storage.estimate();
      return { usedBytes: usage, freeBytes: quota === undefined ? null : quota - usage };
    },
    async *download(repository, file, signal) {
      if (await isNew(entryOf(repository, file).id)) {
        await inspectFile(repository, file, signal).catch((error: unknown) => {
          // What was in the way of looking may not be in the way of the download, which asks again where it is cut.
          if (VERDICTS.includes(toWire(error).code)) throw error;
        });
      }
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
      const repository = await readRepository(name, (await loadSettings()).hubEndpoint, { signal });
      repositories.set(name, repository);
      const files = modelFiles(repository.files, (memoryBytes) => fitsHere({ memoryBytes }));
      return { name, licence: repository.licence, files };
    },
    inspectFile,
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
  requireMemory(found.memoryBytes, deviceMemoryGb());
  return found;
}

/** Nothing of it is here, nor on its way. */
async function isNew(id: string): Promise<boolean> {
  const [coming, store] = await Promise.all([downloadsUnderWay(), openStore()]);
  return !coming.has(id) && (await store.partialBytes(id)) === 0;
}

async function openStore(): Promise<ModelStore> {
  const [folder, converted] = await Promise.all([openFolder(WEIGHTS_FOLDER), openFolder(CONVERTED_FOLDER)]);
  return new ModelStore({ folder, converted });
}

function offer(
  model: ListedModel,
  coming: ReadonlySet<string>,
  speeds: Readonly<Partial<Record<string, number>>>,
): OfferedModel {
  const { entry } = model;
  const packaged = speeds[DEFAULT_MODEL.name];
  const tokensPerSecond = speeds[entry.name];
  return {
    ...model,
    fits: fitsHere(entry),
    isComing: coming.has(entry.id),
    isRecommended: packaged !== undefined && recommendHere(packaged)?.entry.id === entry.id,
    ...(tokensPerSecond !== undefined && { tokensPerSecond }),
  };
}
