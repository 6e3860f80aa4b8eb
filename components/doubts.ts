// Says in words why a composed sentence is unsure. Pure but for the catalogue.
import type { Doubt, Statement } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatList } from './format.ts';

/** '' for what the page supports; else "Unsure: a number is not on the page". */
export function doubtText(statement: Statement): string {
  if (statement.support !== 'unsupported') return '';
  if (statement.doubts.length === 0) return t('unsure', t('doubtNothing'));
  return t('unsure', formatList(statement.doubts.map(reason)));
}

function reason(doubt: Doubt): string {
  switch (doubt) {
    case 'number':
      return t('doubtNumber');
    case 'name':
      return t('doubtName');
    case 'similarity':
      return t('doubtNothing');
    case 'likelihood':
      return t('doubtLikelihood');
  }
}
