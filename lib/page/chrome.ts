// What stands around a page's text: navigation, banners, share bars, related links, consent boxes. Removed from copies.

import { countCharacters } from './text.ts';

const LANDMARKS = [
  'nav', 'aside', 'footer', 'button', 'input', 'textarea', 'dialog',
  ...['navigation', 'banner', 'contentinfo', 'complementary', 'search', 'alert', 'alertdialog', 'dialog', 'menu', 'menubar', 'toolbar', 'tablist', 'status']
    .map((role) => `[role="${role}"]`),
  '[aria-modal="true"]', '[data-fixed]',
].join(','); // prettier-ignore

/** Words of class names and ids, each whole between separators. */
const CHROME_NAME =
  /(^|[-_\s])(navbar|nav|menu|breadcrumbs?|sidebar|footer|cookies?|consent|gdpr|onetrust|share|sharing|sharebar|social|newsletter|subscribe|signup|related|recommended|recommendations|promo|advert|advertisement|ads?|sponsored|popup|modal|pagination|pager|skip-?link|masthead|toolbar|actions|comment-form|reply-form)(?=[-_\s]|$)/i;

/** The same in what Readability kept, where only the plainest names are trusted. */
const LEFTOVER_NAME =
  /(^|[-_\s])(share|sharing|sharebar|sharedaddy|social|newsletter|subscribe|related|recommended|recommendations|promo|advert|advertisement|outbrain|taboola)(?=[-_\s]|$)/i;

/** An element with more of the page's text than this is the page, whatever it is called. */
const MAX_SHARE = 0.4;

/** Takes everything that is not main text out of `body`. */
export function removeChrome(body: Element): void {
  const limit = MAX_SHARE * countCharacters(body.textContent);
  const remove = (element: Element): void => {
    if (element.isConnected && countCharacters(element.textContent) <= limit) element.remove();
  };
  for (const element of Array.from(body.querySelectorAll(LANDMARKS))) remove(element);
  for (const header of Array.from(body.querySelectorAll('header'))) {
    if (!header.closest('main, article, section')) remove(header);
  }
  for (const element of Array.from(body.querySelectorAll('[class], [id]'))) {
    if (CHROME_NAME.test(`${element.className} ${element.id}`)) remove(element);
  }
  for (const element of Array.from(body.querySelectorAll('ul, ol, p, div, section, table'))) {
    if (isMenu(element)) remove(element);
  }
}

/** Takes share bars, boxes and link lists out of an article that Readability found. */
export function removeLeftovers(article: Element): void {
  for (const element of Array.from(article.querySelectorAll('[class], [id]'))) {
    if (LEFTOVER_NAME.test(`${element.className} ${element.id}`)) element.remove();
  }
  for (const element of Array.from(article.querySelectorAll('ul, ol'))) if (isMenu(element)) element.remove();
}

/** Several links and hardly a word beside them, none long enough to be a headline. */
function isMenu(element: Element): boolean {
  const links = Array.from(element.querySelectorAll('a'));
  if (links.length < 3) return false;
  const whole = countCharacters(element.textContent);
  const linked = links.map((link) => countCharacters(link.textContent));
  const sum = linked.reduce((a, b) => a + b, 0);
  return sum > 0.7 * whole && sum / links.length < 25;
}
