// What can be done with a result: copy it, run it again.
import { useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import { plainText } from './plain-text.ts';
import type { Run } from './view.ts';

interface Props {
  run: Run;
  /** Absent where something else offers it. */
  onAgain?: () => void;
}

export function Actions({ run, onAgain }: Props) {
  const [copied, setCopied] = useState<Run | null>(null);
  const hasText = run.quotes.length + run.statements.length > 0;
  return (
    <div class="actions">
      {hasText && (
        <button
          type="button"
          onClick={() => void navigator.clipboard.writeText(plainText(run)).then(() => setCopied(run))}
        >
          {copied === run ? t('copied') : t('copy')}
        </button>
      )}
      {onAgain && (
        <button type="button" onClick={onAgain}>
          {t('runAgain')}
        </button>
      )}
    </div>
  );
}
