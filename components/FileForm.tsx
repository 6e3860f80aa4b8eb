// A PDF file of the reader's, chosen; anywhere on the panel it can be dropped, too (use-file-drop.ts).
import { t } from '../lib/platform/i18n.ts';

export function FileForm({ onFile }: { onFile: (file: File) => void }) {
  return (
    <input
      type="file"
      class="pdf-file"
      accept="application/pdf,.pdf"
      aria-label={t('choosePdf')}
      onChange={(event) => {
        const file = event.currentTarget.files?.item(0);
        if (file) onFile(file);
      }}
    />
  );
}
