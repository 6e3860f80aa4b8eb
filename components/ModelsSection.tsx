// The models that there are for this machine: what each is and can do, and whether it is here; and two ways to bring another.
import type { ComponentChildren } from 'preact';
import { t } from '../lib/platform/i18n.ts';
import type { ModelsPlatform, OfferedModel } from '../lib/platform/models.ts';
import { ModelCard } from './ModelCard.tsx';
import { ModelsFromDisk } from './ModelsFromDisk.tsx';
import { ModelsFromHub } from './ModelsFromHub.tsx';
import { formatBytes, formatFree } from './format.ts';
import { useModels, workKey, type Storage } from './use-models.ts';

interface Props {
  platform: ModelsPlatform;
  /** What else to say of a model, at the foot of its card: where it is used, how fast it is here. */
  about?: (model: OfferedModel) => ComponentChildren;
}

export function ModelsSection({ platform, about }: Props) {
  const { models, storage, work, download, pause, remove } = useModels(platform);
  return (
    <section class="models" aria-label={t('models')}>
      <h2>{t('models')}</h2>
      {storage && <p class="quiet">{storageText(storage)}</p>}
      <ul class="model-list">
        {models.map((model) => {
          const { origin } = model.entry;
          const from = origin.kind === 'hub' ? origin : null;
          return (
            <ModelCard
              key={model.entry.id}
              model={model}
              work={from ? work.get(workKey(from)) : undefined}
              memoryBudgetBytes={platform.memoryBudgetBytes}
              onDownload={from && (() => download(from))}
              onPause={from && (() => pause(from))}
              onDelete={() => remove(model.entry.id)}
            >
              {about?.(model)}
            </ModelCard>
          );
        })}
      </ul>
      <h2>{t('addModel')}</h2>
      <ModelsFromDisk platform={platform} />
      <ModelsFromHub platform={platform} models={models} work={work} onDownload={download} onPause={pause} />
    </section>
  );
}

function storageText({ usedBytes, freeBytes }: Storage): string {
  const used = formatBytes(usedBytes);
  return freeBytes === null ? t('modelsKept', used) : t('modelsKeptFree', used, formatFree(freeBytes));
}
