// What has become of a text of the page, sent to the panel to be kept in view: above all of its parts, until it is put away.
import { useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { ShowRewritingIntent } from '../lib/requests.ts';

interface Props {
  shown: ShowRewritingIntent;
  onClose: () => void;
}

export function RewriteShown({ shown: { title, original, text }, onClose }: Props) {
  const [copied, setCopied] = useState('');
  return (
    <section class="rewrite-shown" aria-label={t('rewritten', title)}>
      <div class="rewrite-shown-head">
        <h2>{t('rewritten', title)}</h2>
        <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}>
          {copied === text ? t('copied') : t('copy')}
        </button>
        <button type="button" aria-label={t('close')} onClick={onClose}>
          ×
        </button>
      </div>
      <p dir="auto">{text}</p>
      <details>
        <summary>{t('originalText')}</summary>
        <p dir="auto">{original}</p>
      </details>
    </section>
  );
}
