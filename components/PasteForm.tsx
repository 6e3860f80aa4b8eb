// A field for text that Inkling cannot read where it stands.
import { useId, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

export function PasteForm({ onPaste }: { onPaste: (text: string) => void }) {
  const [text, setText] = useState('');
  const id = useId();
  return (
    <form
      class="paste"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onPaste(text);
      }}
    >
      <label for={id}>{t('pasteLabel')}</label>
      <textarea id={id} rows={6} dir="auto" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      <button type="submit" class="primary" disabled={text.trim() === ''}>
        {t('summarizeText')}
      </button>
    </form>
  );
}
