// A choice among models as tests need it: real supervisors over fake workers, and models and servers to choose from.
import { afterEach } from 'vitest';
import { ChoosingModel } from '../../../lib/engine/choosing-model.ts';
import type { ChoosingModelOptions } from '../../../lib/engine/choosing-model.ts';
import { DEFAULT_MODEL_SETTINGS } from '../../../lib/engine/model-settings.ts';
import type { ModelSettings } from '../../../lib/engine/model-settings.ts';
import type { AppError } from '../../../lib/errors.ts';
import { DEFAULT_MODEL } from '../../../lib/model/catalog.ts';
import type { CatalogEntry } from '../../../lib/model/catalog.ts';
import type { Server } from '../../../lib/model/openai/server.ts';
import { FakeEngine, nextTurn } from '../../fakes/engine.ts';
import { collect, forever } from '../../fakes/events.ts';
import { MemoryStore } from '../../fakes/hosted.ts';
import { FakeWorker } from '../../fakes/worker.ts';

export const LARGE: CatalogEntry = {
  ...DEFAULT_MODEL,
  id: 'large',
  name: 'Large',
  weights: { name: 'large.gguf', bytes: 400e6, sha256: '0' },
  methods: { summarize: 'selects', rewrite: 'composes', chat: 'composes' },
};
export const HUGE: CatalogEntry = {
  ...LARGE,
  id: 'huge',
  name: 'Huge',
  weights: { name: 'huge.gguf', bytes: 900e6, sha256: '1' },
};

export const server = (id: string): Server => ({
  id,
  address: `http://${id}:8000/v1`,
  key: `key of ${id}`,
  model: `model of ${id}`,
  contextWindow: 4096,
});

const made: ChoosingModel[] = [];
afterEach(() => made.splice(0).forEach((engine) => engine.dispose()));

export interface Faults {
  /** By the id of an entry: what its engine throws before it says anything, or after its first words. */
  before?: Record<string, AppError>;
  after?: Record<string, AppError>;
}

/** Ended after each test. */
export function setUp(
  change: Partial<ModelSettings> = {},
  faults: Faults = {},
  options: Partial<ChoosingModelOptions> = {},
) {
  const workers: FakeWorker[] = [];
  const engines = new Map<string, FakeEngine>();
  const settings = { ...DEFAULT_MODEL_SETTINGS, ...change };
  const store = new MemoryStore();
  let transformersWorkers = 0;
  const spawn = () =>
    workers[
      workers.push(
        new FakeWorker(({ entry }) => {
          const inner = new FakeEngine();
          inner.beforeEvent = async (event) => {
            await nextTurn();
            if (faults.before?.[entry.id]) throw faults.before[entry.id];
            if (faults.after?.[entry.id] && event.kind === 'done') throw faults.after[entry.id];
          };
          engines.set(entry.id, inner);
          return inner;
        }),
      ) - 1
    ];
  const engine = new ChoosingModel({
    spawn,
    spawnTransformers: () => {
      transformersWorkers++;
      return spawn();
    },
    assetsUrl: 'https://package.invalid/',
    store,
    settings: () => Promise.resolve(settings),
    installed: () => Promise.resolve([DEFAULT_MODEL, LARGE, HUGE]),
    probe: () => Promise.resolve({ backends: [{ device: 'cpu', threads: 4 }] }),
    fits: ({ id }) => id !== 'huge',
    idleWorkerMs: 60_000,
    ...options,
  });
  made.push(engine);
  return {
    engine,
    engines,
    workers,
    transformersWorkers: () => transformersWorkers,
    settings,
    store,
    alive: () => workers.filter(({ terminated }) => !terminated).map(({ start }) => start?.entry.id),
    run: (task: Parameters<ChoosingModel['run']>[0], signal = forever()) => collect(engine.run(task, signal)),
  };
}
