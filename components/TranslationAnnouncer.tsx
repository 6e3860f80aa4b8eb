// Tells a screen reader when the page's translation begins, ends or stops; not how far it is.
import { t } from '../lib/platform/i18n.ts';
import type { PageTranslationState } from '../lib/requests.ts';
import { failureFace } from './failure.ts';
import { formatKept } from './format.ts';

/** Give it one `key` per tab: switching tabs is no news. */
export function TranslationAnnouncer({ state }: { state: PageTranslationState | null }) {
  return (
    <div class="visually-hidden">
      <p role="status">{state && spoken(state)}</p>
    </div>
  );
}

function spoken({ phase, kept, error }: PageTranslationState): string {
  switch (phase) {
    case 'translating':
      return t('translating');
    case 'watching':
      return [t('watching'), formatKept(kept)].filter((text) => text !== '').join(', ');
    case 'paused':
      return t('paused');
    case 'failed':
      return error ? failureFace(error.code).what : t('failed');
  }
}
