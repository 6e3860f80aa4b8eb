// The browser's own model, where it has one: what that is, and its download, which is the browser's too.
import { t } from '../lib/platform/i18n.ts';
import { failureFace } from './failure.ts';
import type { BrowserModel } from './use-browser-model.ts';
import { Work } from './Work.tsx';

export function BrowserModelSection({ state, fraction, error, download }: BrowserModel) {
  if (state === 'unavailable') return null;
  return (
    <section id="browser-model" aria-labelledby="browser-model-title">
      <h2 id="browser-model-title">{t('choiceBrowser')}</h2>
      <p class="quiet">{t('browserModelAbout')}</p>
      {state === 'available' && <p>{t('browserModelReady')}</p>}
      {state === 'downloadable' && <p>{t('browserModelDownloadable')}</p>}
      {state === 'downloading' && <p>{t('browserModelDownloading')}</p>}
      {error && error.code !== 'aborted' && (
        <p class="unsure-note" role="alert">
          {failureFace(error.code).what} <span class="detail">{error.detail}</span>
        </p>
      )}
      {fraction !== null && <Work what={t('downloading')} left="" amount={[]} fraction={fraction} />}
      {state !== 'available' && fraction === null && (
        <button type="button" onClick={download}>
          {state === 'downloadable' ? t('browserModelDownload') : t('browserModelFollow')}
        </button>
      )}
    </section>
  );
}
