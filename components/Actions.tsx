// What can be done with a result: copy it, run it again.
import { useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import { plainText } from './plain-text.ts';
import type { Translated } from './use-reading.ts';
import type { Run } from './view.ts';

interface Props {
  run: Run;
  /** The summary as it is shown, where that is in another language. */
  translated: Translated | null;
  /** Absent where something else offers it. */
  onAgain?: () => void;
}

export function Actions({ run, translated, onAgain }: Props) {
  const [copied, setCopied] = useState('');
  const hasText = run.quotes.length + run.statements.length > 0;
  const text = plainText(run, translated);
  return (
    <div class="actions">
      {hasText && (
        <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}>
          {copied === text ? t('copied') : t('copy')}
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
