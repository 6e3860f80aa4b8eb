// A text that is being rewritten: how far that is, and what is written so far.
import { t } from '../lib/platform/i18n.ts';
import { formatLoaded, formatTimeLeft } from './format.ts';
import type { Proposal } from './rewrite-view.ts';
import { TextGoesTo } from './StatusLine.tsx';
import { Work } from './Work.tsx';

interface Props {
  /** As it stands in the page: shown until there is something new. */
  text: string;
  proposal: Proposal;
}

export function RewriteWork({ text, proposal: { draft, progress, host } }: Props) {
  const { phase, fraction, remainingMs, loadedBytes, totalBytes } = progress ?? {};
  const loaded = loadedBytes !== undefined && totalBytes ? formatLoaded(loadedBytes, totalBytes) : '';
  return (
    <>
      <p class={`card-text rewrite-text ${draft === '' ? 'rewrite-before' : ''}`} dir="auto" tabIndex={0}>
        {draft || text}
      </p>
      {host && (
        <p class="card-note">
          <TextGoesTo host={host} />
        </p>
      )}
      <Work
        what={phase === 'loading' ? t('phaseLoading') : phase === 'checking' ? t('phaseChecking') : t('phaseRewriting')}
        left={remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs))}
        amount={[loaded]}
        fraction={fraction}
      />
    </>
  );
}
