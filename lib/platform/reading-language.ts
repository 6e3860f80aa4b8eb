// The language that the reader reads in, unless another is chosen.
import { browser } from 'wxt/browser';
import type { Settings } from './settings.ts';

/** BCP 47: the one chosen last, else the browser's own. */
export function readingLanguage({ translateTo }: Settings): string {
  return translateTo || browser.i18n.getUILanguage().split('-', 1)[0];
}
