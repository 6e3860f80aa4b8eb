// The sites that the reader lets Inkling read without a gesture.
import { browser } from 'wxt/browser';

/**
 * Asks the reader to allow Inkling on the site of `url`, always. Call it in the click, before any await.
 * False where the reader says no, or where there is no web site to ask for.
 */
export function requestSitePermission(url: string): Promise<boolean> {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' && protocol !== 'http:') return Promise.resolve(false);
  return browser.permissions.request({ origins: [`${protocol}//${hostname}/*`] });
}
