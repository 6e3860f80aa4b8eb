// Which PDF is read: how far while that goes on, and then, for a file of the reader's, that it is read in place of the page.
import type { OpenDocument } from '../lib/platform/documents.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatNumber } from './format.ts';

interface Props {
  document: OpenDocument;
  onClose: () => void;
}

export function DocumentLine({ document: { name, isFile, isRead, pagesRead, pages }, onClose }: Props) {
  if (isRead && !isFile) return null;
  return (
    <div class="document-line" role="status">
      <p dir="auto">
        {isRead ? t('readsFile', name) : t('readingFile', name)}
        {pages > 0 && ` · ${isRead ? pageCount(pages) : t('pageOf', formatNumber(pagesRead), formatNumber(pages))}`}
      </p>
      {!isRead && (
        <progress aria-label={t('readingFile', name)} value={pages > 0 ? pagesRead / pages : undefined} max={1} />
      )}
      {isFile && (
        <button type="button" class="link" onClick={onClose}>
          {t('readPageInstead')}
        </button>
      )}
    </div>
  );
}

function pageCount(pages: number): string {
  return pages === 1 ? t('onePage') : t('pageCount', formatNumber(pages));
}
