// The names that the panel gives to parts of a result. Pure but for the catalogue.
import type { Article, Locator } from '../lib/article.ts';
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
    case 'file':
      return t('scopeFile', formatWords(words));
  }
}

/** "page 3", "1:02:03"; '' for a place in a web page, which needs no such name. */
export function locatorLabel({ page, seconds }: Locator): string {
  if (page !== undefined) return t('pageNumber', page);
  if (seconds === undefined) return '';
  const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Whether there is a page to go to: what was pasted or read from a file lies in no tab. */
export function isShowable({ scope }: Pick<Article, 'scope'>): boolean {
  return scope === 'page' || scope === 'selection';
}
