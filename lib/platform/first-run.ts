// Opens the page that greets who has just installed Inkling, once. Background only.
import { browser } from 'wxt/browser';

/** Call it in the background's first turn. */
export function registerFirstRun(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  });
}
