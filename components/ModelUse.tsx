// At the foot of a model's card, and of a server's: what it does now, and the way to change that.
import type { ModelSettings } from '../lib/engine/model-settings.ts';
import type { Server } from '../lib/model/openai/server.ts';
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
  return <Use of={TASKS.filter(({ kind }) => entryFor(kind, settings, models)?.id === id)} />;
}

/** Who has just added a server is told that nothing goes there yet, and where to choose it. */
export function ServerUse({ server: { id }, settings: { choices } }: { server: Server; settings: ModelSettings }) {
  const tasks = TASKS.filter(({ kind }) => choices[kind] === id || choices[kind] === 'servers');
  if (tasks.length > 0) return <Use of={tasks} />;
  return (
    <p class="model-use">
      {t('serverUnused')} <a href="#tasks">{t('serverChoose')}</a>
    </p>
  );
}

function Use({ of: tasks }: { of: typeof TASKS }) {
  if (tasks.length === 0) return null;
  return (
    <p class="model-use">
      {t('modelUsedFor', formatList(tasks.map(({ short }) => t(short))))} <a href="#tasks">{t('modelUseChange')}</a>
    </p>
  );
}
