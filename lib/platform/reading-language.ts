// The language that the reader reads in, and another one.
import { browser } from 'wxt/browser';
import { primarySubtag } from '../tasks/stop-words.ts';
import type { Settings } from './settings.ts';

/** Into which text is translated that is in the reader's own language already. */
const OTHERWISE = ['en', 'pt'];

/** BCP 47: the one chosen last, else the browser's own. */
export function readingLanguage({ translateTo }: Settings): string {
  return translateTo || browser.i18n.getUILanguage().split('-', 1)[0];
}

/** One that the package translates into, other than `language`. */
export function otherLanguage(language: string): string {
  return OTHERWISE.find((tag) => tag !== primarySubtag(language))!;
}
