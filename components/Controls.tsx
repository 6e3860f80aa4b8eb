// What to make of the page: type, length, and the button that starts it or stops it.
import type { SummaryLength, SummaryType } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';

export interface Choice {
  type: SummaryType;
  length: SummaryLength;
}

interface Props {
  choice: Choice;
  busy: boolean;
  disabled: boolean;
  onChoice: (choice: Choice) => void;
  onSummarize: () => void;
  onStop: () => void;
}

export function Controls({ choice, busy, disabled, onChoice, onSummarize, onStop }: Props) {
  return (
    <div class="controls">
      <select
        aria-label={t('type')}
        value={choice.type}
        onChange={(event) => onChoice({ ...choice, type: event.currentTarget.value as SummaryType })}
      >
        <option value="key-points">{t('typeKeyPoints')}</option>
        <option value="tldr">{t('typeTldr')}</option>
        <option value="headline">{t('typeHeadline')}</option>
      </select>
      <select
        aria-label={t('length')}
        value={choice.length}
        onChange={(event) => onChoice({ ...choice, length: event.currentTarget.value as SummaryLength })}
      >
        <option value="short">{t('lengthShort')}</option>
        <option value="medium">{t('lengthMedium')}</option>
        <option value="long">{t('lengthLong')}</option>
      </select>
      {busy ? (
        <button type="button" class="main-action" onClick={onStop} aria-keyshortcuts="Escape">
          {t('stop')} <kbd>Esc</kbd>
        </button>
      ) : (
        <button type="button" class="main-action primary" onClick={onSummarize} disabled={disabled}>
          {t('summarize')}
        </button>
      )}
    </div>
  );
}
