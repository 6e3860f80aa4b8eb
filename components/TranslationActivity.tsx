// How far the page's translation is: under way with time left, or what came of it.
import { t } from '../lib/platform/i18n.ts';
import type { PageTranslationState } from '../lib/requests.ts';
import { formatKept, formatPercent, formatTimeLeft } from './format.ts';
import { Parts } from './Parts.tsx';
import { Work } from './Work.tsx';

export function TranslationActivity({ state }: { state: PageTranslationState }) {
  const { phase, doneCharacters, totalCharacters, remainingMs, kept } = state;
  const fraction = totalCharacters > 0 ? doneCharacters / totalCharacters : undefined;
  const amount = [fraction === undefined ? '' : formatPercent(fraction), formatKept(kept)];
  switch (phase) {
    case 'translating': {
      const left = remainingMs === undefined ? '' : t('timeLeft', formatTimeLeft(remainingMs));
      return <Work what={t('translating')} left={left} amount={amount} fraction={fraction} />;
    }
    case 'paused':
      return <Work what={t('paused')} amount={amount} fraction={fraction ?? 0} />;
    case 'failed':
      return <Work what={t('failed')} amount={amount} fraction={fraction ?? 0} />;
    case 'watching':
      return (
        <div class="activity">
          <p>
            <Parts parts={[t('watching'), formatKept(kept)]} />
          </p>
        </div>
      );
  }
}
