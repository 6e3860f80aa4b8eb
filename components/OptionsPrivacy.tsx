// What Inkling keeps on this machine, and how to be rid of it.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import { OptionsResults, type ResultsPlatform } from './OptionsResults.tsx';

type Platform = ResultsPlatform &
  Pick<OptionsPlatform, 'keepsConversations' | 'keepConversations' | 'deleteConversations' | 'deleteEverything'>;

export function OptionsPrivacy({ platform }: { platform: Platform }) {
  const [keeps, setKeeps] = useState<boolean | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [notice, setNotice] = useState('');
  useEffect(() => void platform.keepsConversations().then(setKeeps), [platform]);
  return (
    <section id="privacy" aria-labelledby="privacy-title">
      <h2 id="privacy-title">{t('optionsPrivacy')}</h2>
      <p>{t('privacyAbout')}</p>
      <ul class="kept">
        <li>{t('privacySettings')}</li>
        <li>{t('privacyTranslations')}</li>
        <li>{t('privacyModels')}</li>
      </ul>
      <OptionsResults platform={platform} />
      <label class="check">
        <input
          type="checkbox"
          checked={keeps ?? false}
          disabled={keeps === null}
          onChange={({ currentTarget: { checked } }) => {
            setKeeps(checked);
            void platform.keepConversations(checked);
          }}
        />
        {t('keepConversationsLabel')}
      </label>
      <p class="form-actions">
        <button
          type="button"
          onClick={() => void platform.deleteConversations().then(() => setNotice(t('conversationsDeleted')))}
        >
          {t('deleteConversations')}
        </button>
        {!isAsking && (
          <button type="button" onClick={() => setAsking(true)}>
            {t('deleteEverything')}
          </button>
        )}
      </p>
      <p role="status" class="quiet">
        {notice}
      </p>
      {isAsking && (
        <div class="unsure-note" role="alertdialog" aria-labelledby="delete-question">
          <p id="delete-question">{t('deleteEverythingSure')}</p>
          <p class="form-actions">
            <button type="button" class="primary" onClick={() => void platform.deleteEverything()}>
              {t('deleteEverything')}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {t('cancel')}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}
