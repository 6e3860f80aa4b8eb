// What to make of the page: from which language into which, where the translation stands, and the buttons that go with its state.
import { t } from '../lib/platform/i18n.ts';
import type { PageTranslationChange, PageTranslationMode, PageTranslationState } from '../lib/requests.ts';
import { LanguageSelects } from './LanguageSelects.tsx';

interface Props {
  from: string;
  to: string;
  languages: Iterable<string>;
  mode: PageTranslationMode;
  state: PageTranslationState | null;
  /** Nothing can be translated now: no page, no such pair, a download to come first. */
  disabled: boolean;
  onFrom: (from: string) => void;
  onTo: (to: string) => void;
  onSwap: () => void;
  onMode: (mode: PageTranslationMode) => void;
  onTranslate: () => void;
  onChange: (change: PageTranslationChange) => void;
}

export function TranslationControls(props: Props) {
  const { from, to, languages, mode, state, disabled, onFrom, onTo, onSwap, onMode, onTranslate, onChange } = props;
  return (
    <div class="translation-controls">
      <LanguageSelects from={from} to={to} languages={languages} onFrom={onFrom} onTo={onTo} onSwap={onSwap} />
      <fieldset class="segments">
        <legend class="visually-hidden">{t('translationPlace')}</legend>
        <ModeChoice value="bilingual" label={t('besideText')} mode={mode} onMode={onMode} />
        <ModeChoice value="replace" label={t('insteadOfText')} mode={mode} onMode={onMode} />
      </fieldset>
      <div class="buttons">
        {!state && (
          <button type="button" class="main-action primary" disabled={disabled} onClick={onTranslate}>
            {t('translate')}
          </button>
        )}
        {state?.phase === 'translating' && (
          <button type="button" class="main-action" onClick={() => onChange('pause')}>
            {t('pause')}
          </button>
        )}
        {state?.phase === 'paused' && (
          <button type="button" class="main-action primary" onClick={() => onChange('resume')}>
            {t('resume')}
          </button>
        )}
        {state && (
          <button type="button" class="main-action" onClick={() => onChange('restore')}>
            {t('showOriginal')}
          </button>
        )}
      </div>
    </div>
  );
}

interface ModeProps {
  value: PageTranslationMode;
  label: string;
  mode: PageTranslationMode;
  onMode: (mode: PageTranslationMode) => void;
}

function ModeChoice({ value, label, mode, onMode }: ModeProps) {
  return (
    <label>
      <input
        type="radio"
        name="translation-mode"
        value={value}
        checked={mode === value}
        onChange={() => onMode(value)}
      />
      <span>{label}</span>
    </label>
  );
}
