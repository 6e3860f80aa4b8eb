// Which model of this machine does which task now, as the reader's choices have it. Pure.
import { bestFor } from '../lib/engine/choose-model.ts';
import type { ChosenTask, ModelSettings } from '../lib/engine/model-settings.ts';
import type { CatalogEntry } from '../lib/model/catalog.ts';
import type { MessageKey } from '../lib/platform/i18n.ts';
import type { RunnableModel } from '../lib/platform/options.ts';

export const TASKS: { kind: ChosenTask; name: MessageKey; short: MessageKey }[] = [
  { kind: 'summarize', name: 'taskSummarize', short: 'taskSummarize' },
  { kind: 'chat', name: 'taskChat', short: 'taskChat' },
  { kind: 'rewrite', name: 'taskRewrite', short: 'taskRewrite' },
  { kind: 'translate', name: 'taskTranslate', short: 'taskTranslateShort' },
];

/** Undefined where a server or the browser does it, where none may, and where the chosen one is gone. */
export function entryFor(
  kind: ChosenTask,
  { choices }: ModelSettings,
  models: readonly RunnableModel[],
): CatalogEntry | undefined {
  const choice = choices[kind];
  const fitting = models.filter(({ fits }) => fits).map(({ entry }) => entry);
  if (kind === 'translate') {
    const able = fitting.filter(({ methods }) => methods.translate).sort((a, b) => b.weights.bytes - a.weights.bytes);
    return choice === 'automatic' ? able.at(0) : able.find(({ id }) => id === choice);
  }
  if (choice === 'automatic') return bestFor(kind, { installed: fitting, isUsable: () => true });
  return models.find(({ entry }) => entry.id === choice)?.entry;
}
