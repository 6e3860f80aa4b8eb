// The engine where the translator is: translates with models that it loads when a task first needs them, and downloads packs. Lives
// in a worker. One run at a time: the pool sees to that.
import { AppError } from '../errors.ts';
import type { Translator } from '../model/translator.ts';
import type { DownloadTask, Task, TaskEvent, TranslateTask } from '../protocol.ts';
import type { TranslationModels } from '../tasks/translation/models.ts';
import type { TranslationCache } from '../tasks/translation/cache.ts';
import { abortable } from './abortable.ts';
import type { Engine } from './engine.ts';

/** What differs between the real worker and a test. */
export interface TranslationParts {
  loadTranslator(): Promise<Translator>;
  cache: TranslationCache;
  translate(task: TranslateTask, models: TranslationModels, signal: AbortSignal): AsyncIterable<TaskEvent>;
  download(task: DownloadTask, signal: AbortSignal): AsyncIterable<TaskEvent>;
}

export class TranslationEngine implements Engine {
  private translator: Promise<Translator> | undefined;

  constructor(private readonly parts: TranslationParts) {}

  async *run(task: Task, signal: AbortSignal): AsyncGenerator<TaskEvent, void, void> {
    switch (task.kind) {
      case 'translate': {
        const translator = await abortable((this.translator ??= this.parts.loadTranslator()), signal);
        yield* this.parts.translate(task, { translator, cache: this.parts.cache }, signal);
        return;
      }
      case 'download':
        yield* this.parts.download(task, signal);
        return;
      default:
        throw new AppError('internal', `${task.kind} is not done here`);
    }
  }
}
