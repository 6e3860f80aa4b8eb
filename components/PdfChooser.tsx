// Chooses a PDF file of the reader's; anywhere on the panel it can be dropped, too (use-file-drop.ts).
import { useRef } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';

interface Props {
  disabled?: boolean;
  onFile: (file: File) => void;
}

export function PdfChooser({ disabled = false, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => input.current?.click()}>
        {t('choosePdf')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept="application/pdf,.pdf"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0);
          // The same file may be chosen once more.
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
