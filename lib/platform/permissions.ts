// The sites that the reader lets Inkling read without a gesture.
import { browser } from 'wxt/browser';

/**
 * Asks the reader to allow Inkling on the site of `url`, always. Call it in the click, before any await.
 * False where the reader says no, or where no site can be asked for (not http or https).
 */
export function requestSitePermission(url: string): Promise<boolean> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return Promise.resolve(false);
  return browser.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
}
