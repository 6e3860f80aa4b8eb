// The names that the panel gives to parts of a result. Pure but for the catalogue.
import type { Article, Locator } from '../lib/article.ts';
import { t } from '../lib/platform/i18n.ts';
import type { BackendEvent } from '../lib/protocol.ts';
import { formatThreads, formatWords } from './format.ts';
import type { Run } from './view.ts';

/** "Written by SmolLM2 135M, checked against the page" */
export function writtenByLabel(run: Run): string {
  return t('writtenBy', run.backend ? modelName(run.backend) : t('theModel'));
}

/** As its makers call it; of the browser's nobody can tell. */
export function modelName({ model, device }: BackendEvent): string {
  return device === 'browser' ? t('browserModel') : model;
}

/** What it runs on; '' for a server, which does not say. */
export function deviceText({ device, threads }: BackendEvent): string {
  switch (device) {
    case 'cpu':
      return t('deviceCpu', formatThreads(threads));
    case 'gpu':
      return t('deviceGpu');
    case 'browser':
      return t('deviceBrowser');
    case 'remote':
      return '';
  }
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
