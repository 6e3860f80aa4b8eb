// Which task is done by what: the one place where a kind of task meets the code that does it with a language model.
import type { ModelTask, ReadAheadTask, TaskEvent, TranslateTask } from '../protocol.ts';
import { chat } from './chat/chat.ts';
import { readAhead } from './chat/read-ahead.ts';
import type { Models } from './models.ts';
import { rewrite } from './rewrite/rewrite.ts';
import { summarize } from './summarize.ts';
import { translateByModel } from './translation/by-language-model.ts';

export function perform(
  task: ModelTask | ReadAheadTask | TranslateTask,
  models: Models,
  signal: AbortSignal,
): AsyncIterable<TaskEvent> {
  switch (task.kind) {
    case 'summarize':
      return summarize(task, models, signal);
    case 'rewrite':
      return rewrite(task, models, signal);
    case 'chat':
      return chat(task, models, signal);
    case 'read-ahead':
      return readAhead(task, models, signal);
    case 'translate':
      return translateByModel(task, models, signal);
  }
}
