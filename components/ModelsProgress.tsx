// How far a model's download is.
import { t } from '../lib/platform/i18n.ts';
import { formatLoaded, formatTimeLeft } from './format.ts';
import type { ModelWork } from './use-models.ts';
import { Work } from './Work.tsx';

export function ModelsProgress({ work }: { work: ModelWork }) {
  const { phase, fraction, loadedBytes, totalBytes, remainingMs } = work;
  const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
  return (
    <Work
      what={phase === 'checking' ? t('checkingFile') : t('downloading')}
      left={remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs))}
      amount={[loaded]}
      fraction={fraction}
    />
  );
}
