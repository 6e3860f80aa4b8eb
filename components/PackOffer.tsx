// What a pair of languages needs before it can be translated: its size and a button, then how far the download is.
import { t } from '../lib/platform/i18n.ts';
import type { LanguagePair } from '../lib/protocol.ts';
import { formatLoaded, formatMegabytes, formatPercent, formatTimeLeft } from './format.ts';
import { languageName } from './languages.ts';
import { Work } from './Work.tsx';

export interface Download {
  /** 0 to 1 */
  fraction: number;
  remainingMs?: number;
  loadedBytes?: number;
  totalBytes?: number;
  paused: boolean;
}

interface OfferProps {
  pair: LanguagePair;
  downloadBytes: number;
  onDownload: () => void;
}

export function PackOffer({ pair, downloadBytes, onDownload }: OfferProps) {
  return (
    <section class="offer">
      <p>{t('packNeeded', languageName(pair.from), languageName(pair.to))}</p>
      <button type="button" class="primary" onClick={onDownload}>
        {t('downloadSize', formatMegabytes(downloadBytes))}
      </button>
    </section>
  );
}

interface ProgressProps {
  download: Download;
  onPause: () => void;
  onResume: () => void;
}

export function DownloadProgress({ download, onPause, onResume }: ProgressProps) {
  const { fraction, remainingMs, loadedBytes, totalBytes, paused } = download;
  const left = paused || remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs));
  const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
  return (
    <section class="offer">
      <Work
        what={paused ? t('downloadPaused') : t('downloading')}
        left={left}
        amount={[loaded || formatPercent(fraction)]}
        fraction={fraction}
      />
      <button type="button" onClick={paused ? onResume : onPause}>
        {paused ? t('resume') : t('pause')}
      </button>
    </section>
  );
}
