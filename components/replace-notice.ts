// What the reader is told where a text could not be replaced. Pure but for the catalogue.
import type { ApplyResult } from '../lib/page/editable/target.ts';
import { t } from '../lib/platform/i18n.ts';

export function replaceNotice(result: Exclude<ApplyResult, 'applied'>): string {
  return result === 'stale' ? t('textChanged') : t('notReplaced');
}
