// The names that the panel gives to parts of a result. Pure but for the catalogue.
import type { Article } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { formatWords } from './format.ts';
import type { Run } from './view.ts';

/** "Written by SmolLM2 135M, checked against the page" */
export function writtenByLabel(run: Run): string {
  return t('writtenBy', run.backend?.model ?? t('theModel'));
}

/** "Selection, 240 words"; '' for a whole page, which needs no such name. */
export function scopeLabel(scope: Article['scope'], words: number): string {
  switch (scope) {
    case 'page':
      return '';
    case 'selection':
      return t('scopeSelection', formatWords(words));
    case 'pasted':
      return t('scopePasted', formatWords(words));
  }
}
