// A link in what a model wrote: its host stands beside it, and it is opened only after its whole address has been shown.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  url: string;
  host: string;
  onOpen: (url: string) => void;
  children: ComponentChildren;
}

export function MarkdownLink({ url, host, onOpen, children }: Props) {
  const [asking, setAsking] = useState(false);
  const open = () => {
    setAsking(false);
    onOpen(url);
  };
  return (
    <span class="written-link">
      <button type="button" class="link" aria-expanded={asking} onClick={() => setAsking(!asking)}>
        {children} <span class="link-host">({host})</span>
      </button>
      {asking && (
        <span class="link-question" role="group" aria-label={t('openLinkQuestion')}>
          <span>{t('openLinkQuestion')}</span>
          <code dir="ltr">{url}</code>
          <button type="button" onClick={open}>
            {t('openLink')}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            {t('cancel')}
          </button>
        </span>
      )}
    </span>
  );
}
