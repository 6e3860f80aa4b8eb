// At the foot of a model's card: what it does now, and the way to change that.
import type { ModelSettings } from '../lib/engine/model-settings.ts';
import { t } from '../lib/platform/i18n.ts';
import type { RunnableModel } from '../lib/platform/options.ts';
import { formatList } from './format.ts';
import { entryFor, TASKS } from './model-use.ts';

interface Props {
  id: string;
  settings: ModelSettings;
  models: readonly RunnableModel[];
}

export function ModelUse({ id, settings, models }: Props) {
  if (!models.some(({ entry }) => entry.id === id)) return null;
  const tasks = TASKS.filter(({ kind }) => entryFor(kind, settings, models)?.id === id).map(({ short }) => t(short));
  if (tasks.length === 0) return null;
  return (
    <p class="model-use">
      {t('modelUsedFor', formatList(tasks))} <a href="#tasks">{t('modelUseChange')}</a>
    </p>
  );
}
