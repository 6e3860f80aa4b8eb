// The message catalogue: every word that the reader sees. Keys are checked against the English catalogue when compiling.
import { browser } from 'wxt/browser';
import type English from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof English;

/** The message in the browser's language; substitutions fill its placeholders in order. */
export function t(key: MessageKey, ...substitutions: (string | number)[]): string {
  // The build generates one overload per key, which takes no union of keys.
  const i18n = browser.i18n as { getMessage(key: string, substitutions: string[]): string };
  return i18n.getMessage(key, substitutions.map(String));
}
