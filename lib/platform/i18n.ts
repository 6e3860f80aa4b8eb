// The message catalogue: every word that the reader sees. Keys are checked against the English catalogue when compiling.
import { browser } from 'wxt/browser';

export type MessageKey = keyof typeof import('../../public/_locales/en/messages.json');

/** The message in the browser's language; substitutions fill its placeholders in order. */
export function t(key: MessageKey, ...substitutions: (string | number)[]): string {
  // The build generates one overload per key, which takes no union of keys.
  const getMessage: (key: string, substitutions: string[]) => string = browser.i18n.getMessage;
  return getMessage(key, substitutions.map(String));
}
