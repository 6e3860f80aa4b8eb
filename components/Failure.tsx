// What went wrong, what to do, and one way on: run again, allow the site, or paste the text. What nobody answers is not offered.
import type { WireError } from '../lib/errors.ts';
import { t } from '../lib/platform/i18n.ts';
import { failureFace } from './failure.ts';
import { PdfChooser } from './PdfChooser.tsx';
import { PasteForm } from './PasteForm.tsx';

interface Props {
  error: WireError;
  /** '' where the browser does not let Inkling see the address: then it cannot ask for the site either. */
  tabUrl: string;
  shortcut: string;
  onAgain: () => void;
  onAllow?: () => void;
  onTurnOn?: () => void;
  onPaste?: (text: string) => void;
  onFile?: (file: File) => void;
}

export function Failure({ error, tabUrl, shortcut, onAgain, onAllow, onTurnOn, onPaste, onFile }: Props) {
  const { what, advice, action } = failureFace(error.code, error.detail);
  const blind = action === 'allow' && tabUrl === '';
  const elsewhere = action === 'paste' && !onPaste;
  return (
    <section class="failure">
      <h2>{what}</h2>
      <p>{blind ? toolbarAdvice(shortcut) : elsewhere ? t('openAnotherPage') : advice}</p>
      {(action === 'again' || (action === 'turn-on' && !onTurnOn)) && (
        <button type="button" class="primary" onClick={onAgain}>
          {t('runAgain')}
        </button>
      )}
      {action === 'allow' && onAllow && !blind && (
        <button type="button" class="primary" onClick={onAllow}>
          {t('allowSite')}
        </button>
      )}
      {action === 'turn-on' && onTurnOn && (
        <button type="button" class="primary" onClick={onTurnOn}>
          {t('turnModelOn')}
        </button>
      )}
      {action === 'paste' && onPaste && <PasteForm onPaste={onPaste} />}
      {action === 'file' && onFile && <PdfChooser onFile={onFile} />}
      {error.detail !== '' && (
        <details>
          <summary>{t('details')}</summary>
          <p class="detail">
            {error.code}: {error.detail}
          </p>
        </details>
      )}
    </section>
  );
}

function toolbarAdvice(shortcut: string): string {
  return shortcut ? t('toolbarOrShortcutAdvice', shortcut) : t('toolbarAdvice');
}
