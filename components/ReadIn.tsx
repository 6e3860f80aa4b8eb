// Reading a summary or an answer in another language: the choice, and what it may need first.
import { t } from '../lib/platform/i18n.ts';
import { ByModel } from './ByModel.tsx';
import { Failure } from './Failure.tsx';
import { languageLabel, sortLanguages } from './languages.ts';
import { DownloadProgress, PackOffer } from './PackOffer.tsx';
import type { Reading } from './use-reading.ts';

export function ReadIn({ reading }: { reading: Reading }) {
  const { from, languages, translated, by, missingBytes, busy, download, error, onRead, onDownload } = reading;
  if (languages.length === 0) return null;
  return (
    <div class="read-in">
      <label>
        <span>{t('readIn')}</span>
        <select value={translated?.pair.to ?? ''} onChange={(event) => onRead(event.currentTarget.value)}>
          <option value="">{t('asWritten', languageLabel(from))}</option>
          {sortLanguages(languages).map((tag) => (
            <option key={tag} value={tag}>
              {languageLabel(tag)}
            </option>
          ))}
        </select>
        <span role="status">{busy && t('translating')}</span>
      </label>
      {translated && by && <ByModel backend={by} />}
      {download && <DownloadProgress download={download} onPause={reading.onPauseDownload} onResume={onDownload} />}
      {translated && !download && !error && missingBytes > 0 && (
        <PackOffer pair={translated.pair} downloadBytes={missingBytes} onDownload={onDownload} />
      )}
      {translated && error && (
        <Failure error={error} tabUrl="" shortcut="" onAgain={() => onRead(translated.pair.to)} />
      )}
    </div>
  );
}
