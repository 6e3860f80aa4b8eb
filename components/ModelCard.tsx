// One model: what it is, what it can do, and the one thing to do with it now.
import type { ComponentChildren } from 'preact';
import { t } from '../lib/platform/i18n.ts';
import type { OfferedModel } from '../lib/platform/models.ts';
import { ModelsFailure } from './ModelsFailure.tsx';
import { ModelsProgress } from './ModelsProgress.tsx';
import { formatBytes } from './format.ts';
import { methodTexts, modelFacts, sourceText, stateText } from './models.ts';
import { Parts } from './Parts.tsx';
import type { ModelWork } from './use-models.ts';

interface Props {
  model: OfferedModel;
  /** The download that runs from this page. */
  work: ModelWork | undefined;
  memoryBudgetBytes: number;
  onDownload: (() => void) | null;
  onPause: (() => void) | null;
  onDelete: () => void;
  children?: ComponentChildren;
}

export function ModelCard({ model, work, memoryBudgetBytes, children, ...actions }: Props) {
  const { entry, state, fits, isRecommended } = model;
  const running = work !== undefined && work.phase !== 'failed';
  const isHere = state === 'packaged' || state === 'installed';
  return (
    <li class="model-card" data-model={entry.id} data-state={running ? work.phase : state}>
      <header>
        <h3>{entry.name}</h3>
        <span class="quiet">{running ? '' : stateText(model)}</span>
      </header>
      <p class="model-facts">
        <Parts parts={modelFacts(model)} />
      </p>
      <ul class="model-methods">
        {methodTexts(entry).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {sourceText(entry) && <p class="quiet detail">{sourceText(entry)}</p>}
      {!entry.measured && <p class="quiet">{t('modelNotMeasured')}</p>}
      {!fits && (
        <p class="model-unfit">{t('modelTooLarge', formatBytes(entry.memoryBytes), formatBytes(memoryBudgetBytes))}</p>
      )}
      {work?.error && <ModelsFailure error={work.error} />}
      {children}
      {running && <ModelsProgress work={work} />}
      <p class="model-actions">
        {running && actions.onPause && (
          <button type="button" onClick={actions.onPause}>
            {t('pause')}
          </button>
        )}
        {!running && !isHere && fits && actions.onDownload && (
          <button type="button" class={isRecommended ? 'primary' : ''} onClick={actions.onDownload}>
            {state === 'partial' ? t('resume') : t('downloadSize', formatBytes(entry.weights.bytes))}
          </button>
        )}
        {!running && state !== 'packaged' && state !== 'available' && (
          <button type="button" aria-label={t('deletePackNamed', entry.name)} onClick={actions.onDelete}>
            {t('deletePack')}
          </button>
        )}
      </p>
    </li>
  );
}
