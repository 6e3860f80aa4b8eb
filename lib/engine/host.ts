// The engine host, whole: what the offscreen document (Firefox: the background page) creates once and feeds with ports.
// It knows ports and workers, not browsers: who is on the other end of a port is decided by the caller.
import type { CatalogEntry } from '../model/catalog.ts';
import type { TranslatingModel } from '../requests.ts';
import type { Ranking } from './backend.ts';
import type { BreakerStore } from './crash-breaker.ts';
import { abortable, within } from './abortable.ts';
import { Attendance } from './attendance.ts';
import { beyondPacks } from './beyond-packs.ts';
import { byKind } from './by-kind.ts';
import { checkingGrammar } from './checking-grammar.ts';
import { ChoosingModel } from './choosing-model.ts';
import { choosingTranslation } from './choosing-translation.ts';
import { Downloads } from './downloads.ts';
import type { Engine } from './engine.ts';
import { Jobs, serveJobs } from './jobs.ts';
import { fitsMemory } from './memory-budget.ts';
import type { ModelSettings } from './model-settings.ts';
import { PackageFiles } from './package-files.ts';
import { parallelTranslations } from './parallel-translations.ts';
import type { Port } from './port.ts';
import { serve } from './port.ts';
import type { Results } from './results.ts';
import { SpareTime } from './spare-time.ts';
import { DEADLINES } from './watchdog.ts';
import { WorkerPool } from './worker-pool.ts';
import type { WorkerLike } from './worker-link.ts';

/** Closing the host frees its memory, and forgets the recent answers. */
const IDLE_HOST_MS = 20 * 60_000;
/** Ending the worker frees the model's memory; the next task loads it again. */
const IDLE_WORKER_MS = 5 * 60_000;

export interface HostOptions {
  /** A new worker that runs lib/engine/worker.ts; every attempt on a backend takes a fresh one. */
  spawnWorker: () => WorkerLike;
  /** A new worker that runs lib/engine/transformers-worker.ts. */
  spawnTransformers: () => WorkerLike;
  /** A new worker that runs lib/engine/translation-worker.ts. */
  spawnTranslator: () => WorkerLike;
  /** A new worker that runs lib/engine/checker-worker.ts. */
  spawnChecker: () => WorkerLike;
  /** A new worker that runs lib/engine/download-worker.ts. */
  spawnDownloader: () => WorkerLike;
  /** `navigator.hardwareConcurrency`. */
  logicalCores: number;
  /** Base URL of the package's files, with a slash at its end. */
  assetsUrl: string;
  /** Survives the browser's end: storage.local, directly or through the background. */
  store: BreakerStore;
  /** Where language packs are downloaded from: '' for the usual place. Asked before each download. */
  packMirror: () => Promise<string>;
  /** What the reader has chosen of the models. Asked before each task. */
  modelSettings: () => Promise<ModelSettings>;
  /** On this machine now, those of the package among them. */
  installedModels: () => Promise<readonly CatalogEntry[]>;
  /** Asked once, before the first load. */
  probe: () => Promise<Ranking>;
  /** `navigator.deviceMemory`, where the browser has it. */
  deviceMemoryGb?: number;
  /** What models have written earlier; absent: nothing is kept. */
  results?: Results;
  /** Called when nothing has run for a while: the host may be closed. */
  onIdle: () => void;
}

export interface Host {
  /**
   * Takes over a port that has just connected. `panel`: an extension page; its task goes on when the port closes.
   * `content`: a content script; it may have text that it hands over translated (and what that needs downloaded) or rewritten, its
   * task ends with its port, and it sees no other task.
   */
  accept(port: Port, consumer: 'panel' | 'content'): void;
  /** The tab was closed or has navigated: its jobs are cancelled and forgotten. */
  tabGone(tabId: number): void;
  /** Whether the model that the reader chose for rewriting writes freely. */
  rewritesFreely(): Promise<boolean>;
  /** Whether reading a page ahead of the first question about it makes the answer come sooner. */
  readsAhead(): Promise<boolean>;
  /** What translates for want of a language pack, null where nothing does. */
  translatingModel(): Promise<TranslatingModel | null>;
  /** Ends every run and the worker. */
  dispose(): void;
}

export function createHost({
  spawnWorker,
  spawnTransformers,
  spawnTranslator,
  spawnChecker,
  spawnDownloader,
  logicalCores,
  assetsUrl,
  store,
  packMirror,
  modelSettings,
  installedModels,
  probe,
  onIdle,
  deviceMemoryGb,
  results,
}: HostOptions): Host {
  const engine = new ChoosingModel({
    spawn: spawnWorker,
    spawnTransformers,
    assetsUrl,
    store,
    settings: modelSettings,
    installed: installedModels,
    probe,
    // On a GPU nothing runs whose numbers could not be checked there.
    fits: ({ memoryBytes, knownAnswer }, { device }) =>
      (device === 'cpu' || knownAnswer !== undefined) && fitsMemory(memoryBytes, deviceMemoryGb),
    idleWorkerMs: IDLE_WORKER_MS,
    ...(results && { results }),
  });
  const pool = new WorkerPool({
    spawn: spawnTranslator,
    assetsUrl,
    packageFiles: new PackageFiles(),
    workers: parallelTranslations(logicalCores),
    idleWorkerMs: IDLE_WORKER_MS,
  });
  const checker = new WorkerPool({ spawn: spawnChecker, assetsUrl, workers: 1, idleWorkerMs: IDLE_WORKER_MS });
  const rewritesFreely = async () => (await engine.methodOf('rewrite')) === 'composes';
  const downloads = new Downloads({ spawn: spawnDownloader, assetsUrl });
  const translators = fromMirror(choosingTranslation(beyondPacks(pool, engine)), packMirror);
  const attendance = new Attendance(IDLE_HOST_MS, onIdle);
  const spareTime = new SpareTime();
  const seen = (engine: Engine) => spareTime.first(attendance.of(engine));
  const jobs = new Jobs(seen(engine), { keepMs: IDLE_HOST_MS });
  const forTexts = {
    translate: translators,
    download: translators,
    rewrite: checkingGrammar({ checker, models: engine, composes: rewritesFreely }),
  };
  const forPages = seen(byKind(forTexts));
  const forPanels = byKind({
    translate: forPages,
    download: forPages,
    rewrite: forPages,
    'download-model': attendance.of(downloads),
    summarize: seen(engine),
    chat: seen(engine),
    measure: seen(engine),
    'read-ahead': spareTime.last(attendance.of(engine)),
  });
  return {
    accept: (port, consumer) => (consumer === 'panel' ? serveJobs(jobs, forPanels, port) : serve(forPages, port)),
    tabGone: (tabId) => jobs.forget(tabId),
    rewritesFreely,
    readsAhead: () => engine.readsAhead(),
    translatingModel: () => engine.translatingModel(),
    dispose: () => {
      attendance.dispose();
      jobs.dispose();
      engine.dispose();
      pool.dispose();
      checker.dispose();
      downloads.dispose();
    },
  };
}

/** Downloads come from where the reader's settings say, whoever asks for them. */
function fromMirror(translation: Engine, packMirror: () => Promise<string>): Engine {
  return {
    async *run(task, signal) {
      const mirror = () => abortable(within(DEADLINES.storageMs, 'storage', packMirror()), signal);
      yield* translation.run(task.kind === 'download' ? { ...task, mirror: await mirror() } : task, signal);
    },
  };
}
