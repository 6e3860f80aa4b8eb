// Tasks of language models by the model that the reader chose for each: on this machine, one at a time, of the browser, or on a server. What was chosen
// is asked anew for each task. Nothing is done by another model than the chosen one: where that fails, the reader is told.
import { AppError, throwIfAborted } from '../errors.ts';
import { BROWSER_MODEL, browserEntry, nativeLanguageModels } from '../model/browser-language-model.ts';
import type { NativeLanguageModels } from '../model/browser-language-model.ts';
import { isHubLayout, type CatalogEntry, type Method, type ModelEntry } from '../model/catalog.ts';
import type { Sampling } from '../model/language-model.ts';
import { hostOf } from '../model/openai/server.ts';
import type { MeasureTask, ModelTask, ReadAheadTask, Task, TaskEvent, TranslateTask } from '../protocol.ts';
import type { TranslatingModel } from '../requests.ts';
import { abortable, within } from './abortable.ts';
import type { Backend, Ranking } from './backend.ts';
import { BrowserModelEngine } from './browser-model-engine.ts';
import { bestFor, chooseModel, chooseTranslatingModel, entryOf, knowsPair } from './choose-model.ts';
import type { ChosenModel } from './choose-model.ts';
import { isDemoted, isOff, readCrashes, recoverCrashes } from './crash-breaker.ts';
import type { BreakerRecord, BreakerStore } from './crash-breaker.ts';
import type { Engine } from './engine.ts';
import { EngineSlot, type RetiringEngine } from './engine-slot.ts';
import type { ModelSettings } from './model-settings.ts';
import { reusing, type Results } from './results.ts';
import { ServerEngine } from './server-engine.ts';
import { DEADLINES } from './watchdog.ts';
import { WorkerEngine } from './worker-engine.ts';
import type { WorkerLike } from './worker-link.ts';

export interface ChoosingModelOptions {
  spawn: () => WorkerLike;
  /** The same for models laid out as on the hub. */
  spawnTransformers: () => WorkerLike;
  assetsUrl: string;
  store: BreakerStore;
  /** What the reader has chosen; asked before each task. */
  settings: () => Promise<ModelSettings>;
  /** The models on this machine, those of the package among them. */
  installed: () => Promise<readonly CatalogEntry[]>;
  /** Asked before the first load, once it has answered. */
  probe: () => Promise<Ranking>;
  fits: (model: CatalogEntry, backend: Backend) => boolean;
  idleWorkerMs: number;
  /** What models have written earlier; absent: nothing is kept. */
  results?: Results;
  /** The browser's own, as this document has them now. */
  nativeModels?: () => NativeLanguageModels | undefined;
}

interface Choice {
  settings: ModelSettings;
  chosen: ChosenModel;
  /** Name of a better model, which has brought the browser down. */
  passedOver?: string;
}

export class ChoosingModel implements Engine {
  private readonly local = new EngineSlot();
  /** Of what runs in another program. */
  private readonly outside = new EngineSlot();
  private ranking: Promise<Ranking> | undefined;
  private recovered: Promise<BreakerRecord> | undefined;

  constructor(private readonly options: ChoosingModelOptions) {}

  async *run(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    throwIfAborted(signal);
    if (task.kind === 'measure') {
      yield* this.measure(task, signal);
      return;
    }
    if (task.kind === 'translate') {
      yield* this.translate(task, signal);
      return;
    }
    const asked = task as ModelTask | ReadAheadTask;
    const kind = asked.kind === 'read-ahead' ? 'chat' : asked.kind;
    const { settings, chosen, passedOver } = await abortable(this.choose(kind), signal);
    const slot = chosen.kind === 'local' ? this.local : this.outside;
    const model = this.keyOf(chosen, settings);
    const run = () =>
      telling(
        passedOver,
        slot.run(model, () => this.engine(chosen, settings), task, signal),
      );
    const { results } = this.options;
    if (asked.kind === 'read-ahead') {
      // Not at the cost of another task's model, which would have to be loaded again.
      if (readsAhead(chosen) && slot.isFreeFor(model)) yield* run();
      else yield { kind: 'done', finishReason: 'stop', metrics: null };
    } else yield* results && writes(asked, chosen) ? reusing(results, model, asked, run, signal) : run();
  }

  /** By an engine that has not run before, so that its load is measured, too, and nothing is there from an earlier time. */
  private async *measure(task: MeasureTask, signal: AbortSignal): AsyncGenerator<TaskEvent> {
    const { model, device, sample } = task;
    const [settings, installed] = await abortable(this.stored(), signal);
    const entry = installed.find(({ id }) => id === model);
    if (!entry) throw new AppError('model-missing', model);
    if (device === 'gpu' && !entry.knownAnswer) throw new AppError('unsupported', 'no known answer to hold the GPU to');
    const make = () =>
      device === 'automatic'
        ? this.engine({ kind: 'local', entry }, settings)
        : this.engine({ kind: 'local', entry }, { ...settings, device: 'automatic' }, device);
    yield* this.local.run(crypto.randomUUID(), make, sample ?? task, signal);
  }

  /** What translates for want of a language pack, null where nothing does. Loads nothing. Throws `model-missing`. */
  async translatingModel(): Promise<TranslatingModel | null> {
    const { chosen } = await this.chooseToTranslate();
    if (!chosen) return null;
    const { name, languages } = entryOf(chosen);
    const hosts = chosen.kind === 'remote' ? chosen.entries.map(({ server }) => hostOf(server)) : [];
    return { name, languages, isBrowsers: chosen.kind === 'browser', hosts };
  }

  /** How the chosen model does that kind of task. */
  async methodOf(kind: ModelTask['kind']): Promise<Method> {
    return methodOf(kind, (await this.choose(kind)).chosen);
  }

  /** Whether reading ahead of a question makes its answer come sooner. */
  async readsAhead(): Promise<boolean> {
    return readsAhead((await this.choose('chat')).chosen);
  }

  dispose(): void {
    this.local.dispose();
    this.outside.dispose();
  }

  private async *translate(task: TranslateTask, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    const { settings, chosen } = await abortable(this.chooseToTranslate(), signal);
    if (!chosen || !knowsPair(entryOf(chosen), task.pair))
      throw new AppError('no-such-pair', `${task.pair.from}-${task.pair.to}`);
    const slot = chosen.kind === 'local' ? this.local : this.outside;
    yield* slot.run(this.keyOf(chosen, settings), () => this.engine(chosen, settings), task, signal);
  }

  private async chooseToTranslate(): Promise<{ settings: ModelSettings; chosen: ChosenModel | null }> {
    const { store } = this.options;
    await (this.recovered ??= recoverCrashes(store));
    const [settings, installed] = await this.stored();
    const choice = settings.choices.translate;
    // Nothing is probed where there is nothing to choose from.
    const isOpen = choice === 'automatic' && installed.some(({ methods }) => methods.translate);
    const isUsable = isOpen ? (await this.usable(settings, null)).isUsable : () => true;
    const browser = choice === BROWSER_MODEL ? await this.browserEntry() : null;
    return { settings, chosen: chooseTranslatingModel(settings, { installed, browser, isUsable }) };
  }

  private keyOf(chosen: ChosenModel, settings: ModelSettings): string {
    return JSON.stringify([chosen, boundsOf(settings)]);
  }

  private async choose(kind: ModelTask['kind']): Promise<Choice> {
    const { store } = this.options;
    const isFirst = !this.recovered;
    // Before anything is loaded: what a crash has left behind looks like a load that is under way.
    const recovered = await (this.recovered ??= recoverCrashes(store));
    const [settings, installed] = await this.stored();
    if (settings.choices[kind] !== 'automatic') {
      const browser = settings.choices[kind] === BROWSER_MODEL ? await this.browserEntry() : null;
      return { settings, chosen: chooseModel(kind, settings, { installed, browser, isUsable: () => true }) };
    }
    const { isFitting, isUsable } = await this.usable(settings, isFirst ? recovered : null);
    const chosen = chooseModel(kind, settings, { installed, isUsable });
    const best = bestFor(kind, { installed, isUsable: isFitting });
    const isBest = chosen.kind === 'local' && chosen.entry.id === best.id;
    return { settings, chosen, ...(!isBest && { passedOver: best.name }) };
  }

  /** What may be taken without being asked for: it fits on a device, and on one where it has not brought the browser down. */
  private async usable(
    settings: ModelSettings,
    known: BreakerRecord | null,
  ): Promise<Record<'isFitting' | 'isUsable', (entry: CatalogEntry) => boolean>> {
    const { store, fits } = this.options;
    const [record, { backends }] = await Promise.all([known ?? readCrashes(store), this.probe(settings)]);
    const isCalm = ({ id }: CatalogEntry, { device }: Backend) => !isOff(record, id) && !isDemoted(record, id, device);
    return {
      isFitting: (entry) => backends.some((each) => fits(entry, each)),
      isUsable: (entry) => backends.some((each) => fits(entry, each) && isCalm(entry, each)),
    };
  }

  private engine(chosen: ChosenModel, settings: ModelSettings, device?: Backend['device']): RetiringEngine {
    const { spawn, spawnTransformers, assetsUrl, store, fits, idleWorkerMs } = this.options;
    const common = { spawn, assetsUrl, idleWorkerMs, sampling: samplingOf(settings) };
    const threads = settings.threads ?? 1;
    if (chosen.kind === 'remote') {
      const entries = chosen.entries.map((entry) => bounded(entry, settings));
      return new ServerEngine({ ...common, entries, threads });
    }
    if (chosen.kind === 'browser') {
      const native = this.nativeModels();
      if (!native) throw new AppError('model-missing', chosen.entry.id);
      return new BrowserModelEngine({ ...common, entry: bounded(chosen.entry, settings), native, threads });
    }
    const model = bounded(chosen.entry, settings);
    const spawnFor = isHubLayout(model.weights.name) ? spawnTransformers : spawn;
    return new WorkerEngine({
      ...common,
      spawn: spawnFor,
      model,
      store,
      fits,
      device,
      probe: () => this.probe(settings),
    });
  }

  private stored(): Promise<[ModelSettings, readonly CatalogEntry[]]> {
    return within(DEADLINES.storageMs, 'storage', Promise.all([this.options.settings(), this.options.installed()]));
  }

  private browserEntry(): Promise<ModelEntry | null> {
    return within(DEADLINES.probeMs, 'the model of the browser', browserEntry(this.nativeModels()));
  }

  private nativeModels(): NativeLanguageModels | undefined {
    return (this.options.nativeModels ?? nativeLanguageModels)();
  }

  /** The machine is probed once; a probe that fails is made anew. */
  private async probe(settings: ModelSettings): Promise<Ranking> {
    this.ranking ??= within(DEADLINES.probeMs, 'probe', this.options.probe());
    try {
      return limited(await this.ranking, settings);
    } catch (error) {
      this.ranking = undefined;
      throw error;
    }
  }
}

/** The same events, with the name of the better model that was not taken. */
async function* telling(passedOver: string | undefined, events: AsyncIterable<TaskEvent>): AsyncGenerator<TaskEvent> {
  for await (const event of events) yield passedOver && event.kind === 'backend' ? { ...event, passedOver } : event;
}

function methodOf(kind: ModelTask['kind'], chosen: ChosenModel): Method {
  return entryOf(chosen).methods[kind];
}

/** No server is sent a page that nobody has asked about, and what the browser's model has read is not kept. */
function readsAhead(chosen: ChosenModel): boolean {
  return chosen.kind === 'local';
}

/** Whether the model may write, and not only choose. */
function writes(task: ModelTask, chosen: ChosenModel): boolean {
  const isAsked = task.kind === 'summarize' && task.compose === 'requested';
  return isAsked || methodOf(task.kind, chosen) === 'composes';
}

/** What an engine is made with: where it changes, another one is made. */
function boundsOf({ temperature, topP, contextTokens, threads, device }: ModelSettings): unknown {
  return { temperature, topP, contextTokens, threads, device };
}

function samplingOf({ temperature, topP }: ModelSettings): Sampling | undefined {
  if (temperature === null && topP === null) return undefined;
  return { ...(temperature !== null && { temperature }), ...(topP !== null && { topP }) };
}

function bounded<E extends { contextWindow: number }>(entry: E, { contextTokens }: ModelSettings): E {
  return contextTokens === null ? entry : { ...entry, contextWindow: Math.min(entry.contextWindow, contextTokens) };
}

function limited({ backends, reason, gpu }: Ranking, { threads, device }: ModelSettings): Ranking {
  const wanted = backends.filter((each) => device === 'automatic' || each.device === 'cpu');
  const isKept = wanted.length === backends.length;
  return {
    backends: wanted.map((each) => ({ ...each, threads: Math.min(each.threads, threads ?? Infinity) })),
    ...(isKept ? reason && { reason } : { reason: 'gpuNotWanted' as const }),
    ...(gpu !== undefined && { gpu }),
  };
}
