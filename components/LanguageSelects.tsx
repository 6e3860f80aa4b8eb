// From which language into which: two lists and a button that swaps them.
import { t } from '../lib/platform/i18n.ts';
import { languageLabel, sortLanguages } from './languages.ts';

interface Props {
  /** BCP 47, '' where unknown. */
  from: string;
  to: string;
  /** All that something translates from or into. */
  languages: Iterable<string>;
  onFrom: (from: string) => void;
  onTo: (to: string) => void;
  onSwap: () => void;
}

export function LanguageSelects({ from, to, languages, onFrom, onTo, onSwap }: Props) {
  return (
    <div class="languages">
      <LanguageSelect label={t('translateFrom')} value={from} languages={languages} onChange={onFrom} />
      <button type="button" class="swap" aria-label={t('swapLanguages')} disabled={from === ''} onClick={onSwap}>
        ⇄
      </button>
      <LanguageSelect label={t('translateTo')} value={to} languages={languages} onChange={onTo} />
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  languages: Iterable<string>;
  onChange: (language: string) => void;
}

/** A language that nothing translates is listed, too, where it is the one that was found. */
function LanguageSelect({ label, value, languages, onChange }: SelectProps) {
  const listed = sortLanguages([...languages, value].filter((tag) => tag !== ''));
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {value === '' && <option value="">{t('chooseLanguage')}</option>}
      {listed.map((tag) => (
        <option key={tag} value={tag}>
          {languageLabel(tag)}
        </option>
      ))}
    </select>
  );
}
