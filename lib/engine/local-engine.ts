// The engine where the models are: runs a task with models that it loads when the task first asks for them. Lives in the
// worker; knows how long things take, not how a model works. One run at a time: the host queues.
import { AppError, throwIfAborted } from '../errors.ts';
import type { CatalogEntry, ModelEntry } from '../model/catalog.ts';
import type { Embedder, LanguageModel } from '../model/language-model.ts';
import type { Metrics, ModelTask, ReadAheadTask, Task, TaskEvent, TranslateTask } from '../protocol.ts';
import type { Models } from '../tasks/models.ts';
import { abortable } from './abortable.ts';
import { Channel } from './channel.ts';
import type { Engine } from './engine.ts';
import { rising } from './progress.ts';

/** What differs between the real worker and a test. */
export interface Parts {
  entry: CatalogEntry | ModelEntry;
  loadLanguageModel(onProgress: (loadedBytes: number, totalBytes: number) => void): Promise<LanguageModel>;
  loadEmbedder(): Promise<Embedder>;
  /** How fast the model would run, without its weights; absent where that cannot be told. */
  estimateSpeed?: (signal: AbortSignal) => Promise<Metrics>;
  perform(
    task: ModelTask | ReadAheadTask | TranslateTask,
    models: Models,
    signal: AbortSignal,
  ): AsyncIterable<TaskEvent>;
}

export class LocalEngine implements Engine {
  private language: Promise<LanguageModel> | undefined;
  private embedder: Promise<Embedder> | undefined;
  /** The runs that wait for the language model. */
  private readonly waiting = new Set<Channel<TaskEvent>>();

  constructor(private readonly parts: Parts) {}

  async *run(task: Task, asked: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    throwIfAborted(asked);
    if (task.kind === 'measure' && !task.sample && this.parts.estimateSpeed) {
      yield* this.estimate(asked);
      return;
    }
    if (task.kind === 'measure' || task.kind === 'download' || task.kind === 'download-model') {
      throw new AppError('internal', `${task.kind} is not done here`);
    }
    const left = new AbortController();
    const signal = AbortSignal.any([asked, left.signal]);
    const events = new Channel<TaskEvent>();
    const rise = rising();
    const ended = pump(this.parts.perform(task, this.models(events, signal), signal), events);
    try {
      for await (const event of events) yield rise(event);
    } finally {
      left.abort();
      // Only when the model has stopped is the run over: the host gives the worker its next task by that.
      await ended;
    }
  }

  /** A load belongs to the engine, not to the run that began it: after an abort it goes on, for the next run. */
  private models(events: Channel<TaskEvent>, signal: AbortSignal): Models {
    return {
      entry: this.parts.entry,
      model: async () => {
        this.waiting.add(events);
        try {
          return await abortable((this.language ??= this.loadLanguageModel()), signal);
        } finally {
          this.waiting.delete(events);
        }
      },
      embedder: () => abortable((this.embedder ??= this.loadEmbedder()), signal),
    };
  }

  private async *estimate(signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    // Said before anything is done, as before a load.
    yield { kind: 'progress', phase: 'loading', fraction: 0, loadedBytes: 0, totalBytes: 1 };
    const metrics = await this.parts.estimateSpeed!(signal);
    yield { kind: 'done', finishReason: 'stop', metrics };
  }

  private async loadEmbedder(): Promise<Embedder> {
    try {
      return await this.parts.loadEmbedder();
    } catch (error) {
      this.embedder = undefined;
      throw error;
    }
  }

  private async loadLanguageModel(): Promise<LanguageModel> {
    const say = (loadedBytes: number, totalBytes: number) => {
      const fraction = Math.min(1, loadedBytes / totalBytes);
      for (const events of this.waiting)
        events.push({ kind: 'progress', phase: 'loading', fraction, loadedBytes, totalBytes });
    };
    try {
      // Said before anything is done: the host's crash breaker and its deadlines go by it.
      if ('weights' in this.parts.entry) say(0, this.parts.entry.weights.bytes);
      return await this.parts.loadLanguageModel(say);
    } catch (error) {
      this.language = undefined;
      throw error;
    }
  }
}

async function pump(from: AsyncIterable<TaskEvent>, to: Channel<TaskEvent>): Promise<void> {
  try {
    for await (const event of from) to.push(event);
    to.close();
  } catch (error) {
    to.close(error);
  }
}
