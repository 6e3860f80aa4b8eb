// A text that is being rewritten: how far that is, and what is written so far.
import { t } from '../lib/platform/i18n.ts';
import { formatLoaded, formatTimeLeft } from './format.ts';
import type { Proposal } from './rewrite-view.ts';
import { Work } from './Work.tsx';

export function RewriteWork({ proposal: { draft, progress } }: { proposal: Proposal }) {
  const { phase, fraction, remainingMs, loadedBytes, totalBytes } = progress ?? {};
  const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
  return (
    <>
      <Work
        what={phase === 'loading' ? t('phaseLoading') : phase === 'checking' ? t('phaseChecking') : t('phaseRewriting')}
        left={remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs))}
        amount={[loaded]}
        fraction={fraction}
      />
      {draft !== '' && (
        <p class="card-text rewrite-text" dir="auto" tabIndex={0}>
          {draft}
        </p>
      )}
    </>
  );
}
