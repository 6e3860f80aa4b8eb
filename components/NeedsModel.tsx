// What is asked for can only be done by a model that writes: said in one line, with the way to one.
import { t } from '../lib/platform/i18n.ts';
import { formatMegabytes } from './format.ts';

interface Props {
  /** Why; absent: that the built-in model would make things up. */
  why?: string;
  /** To download, for the smallest model that could. */
  bytes: number;
  /** What became of the way there; '' for nothing. */
  notice?: string;
  onOpenOptions: () => void;
}

export function NeedsModel({ why = t('needsModel'), bytes, notice = '', onOpenOptions }: Props) {
  return (
    <section class="offer">
      <p>
        {why} {t('needsModelSize', formatMegabytes(bytes))}
      </p>
      <button type="button" class="primary" onClick={onOpenOptions}>
        {t('chooseModel')}
      </button>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
    </section>
  );
}
