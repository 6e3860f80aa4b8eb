// What stands around a page's text: navigation, banners, share bars, related links, consent boxes. Removed from copies.

import { FIXED_MARK } from './copied-markup.ts';
import { collapse, countCharacters } from './text.ts';

const OVERLAYS = `[${FIXED_MARK}], [aria-modal="true"], [role="dialog"], [role="alertdialog"], dialog`;

const LANDMARKS =
  'nav, aside, footer, button, input, textarea, [role="navigation"], [role="banner"], [role="contentinfo"], [role="complementary"], ' +
  '[role="search"], [role="alert"], [role="menu"], [role="menubar"], [role="toolbar"], [role="tablist"], [role="status"]';

/** A word of a class name or id, whole between separators. */
function namePattern(words: string): RegExp {
  return new RegExp(`(^|[-_\\s])(${words})(?=[-_\\s]|$)`, 'i');
}

const CONSENT_NAME = namePattern('cookies?|consent|gdpr|onetrust');
/** Names that are trusted inside an article, too. */
const BOX_WORDS =
  'share|sharing|sharebar|sharedaddy|social|newsletter|subscribe|related|recommended|recommendations|promo|advert|advertisement|outbrain|taboola';
const BOX_NAME = namePattern(BOX_WORDS);
const CHROME_NAME = namePattern(
  `${BOX_WORDS}|navbar|nav|menu|breadcrumbs?|sidebar|footer|signup|ads?|sponsored|popup|modal|pagination|pager|skip-?link|masthead|toolbar|actions|comment-form|reply-form`,
);

/** Whole lines that pages put between paragraphs. */
const POINTER =
  /^(advertisements?|photo|story continues below( advertisement)?|continue reading( the main story)?|read more|share( this( article| story)?)?|tweet|print|e-?mail|sign up|subscribe|skip to (main )?content|anzeige|werbung|publicité|publicidad|广告|廣告|広告|реклама)[.:…]?$/i;

/** An element with more of the page's text than this is the page, whatever it is called. */
const MAX_SHARE = 0.4;
/** A link longer than this is a headline, not an entry of a menu. */
const MAX_MENU_CHARACTERS = 25;
const MIN_MENU_LINKS = 3;

interface Weight {
  characters: number;
  /** Of these, in links. */
  linked: number;
  links: number;
}

/** Takes out what lies over the page: consent boxes, dialogs, what stays in place while the page scrolls. */
export function removeOverlays(body: Element): void {
  const remove = remover(body);
  body.querySelectorAll(OVERLAYS).forEach(remove);
  body.querySelectorAll('[class], [id]').forEach((element) => {
    if (hasName(element, CONSENT_NAME)) remove(element);
  });
}

/** Takes everything that is not main text out of `body`. */
export function removeChrome(body: Element): void {
  const remove = remover(body);
  body.querySelectorAll(LANDMARKS).forEach(remove);
  body.querySelectorAll('header').forEach((header) => {
    if (!header.closest('main, article, section')) remove(header);
  });
  body.querySelectorAll('[class], [id]').forEach((element) => {
    if (hasName(element, CHROME_NAME)) remove(element);
  });
  removeMenus(body, 'ul, ol, p, div, section, table', remove);
}

/** Takes share bars, boxes, menus and pointers to other pages out of an article that Readability found. */
export function removeLeftovers(article: Element): void {
  const remove = remover(article);
  article.querySelectorAll('[class], [id]').forEach((element) => {
    if (hasName(element, BOX_NAME)) remove(element);
  });
  removeMenus(article, 'ul, ol, nav, [role="navigation"]', remove);
  article.querySelectorAll('p, div, span, li, h2, h3, h4').forEach((element) => {
    if (isPointer(element)) element.remove();
  });
}

/** Says where to go on instead of something: "Advertisement", "Related: <a>...</a>". */
function isPointer(element: Element): boolean {
  const whole = element.textContent;
  if (whole.length > 300) return false;
  const text = collapse(whole);
  if (POINTER.test(text)) return true;
  const label = /^(\p{L}+( \p{L}+){0,2}) ?: /u.exec(text);
  const link = element.querySelector('a');
  return label !== null && link !== null && collapse(link.textContent) === text.slice(label[0].length);
}

function hasName(element: Element, name: RegExp): boolean {
  return name.test(`${element.getAttribute('class') ?? ''} ${element.id}`);
}

/** Removes an element unless it holds too much of the text that `root` has before the first is removed. */
function remover(root: Element): (element: Element) => void {
  let limit: number | undefined;
  return (element) => {
    limit ??= MAX_SHARE * countCharacters(root.textContent);
    if (root.contains(element) && countCharacters(element.textContent) <= limit) element.remove();
  };
}

/** Removes elements that are several links with hardly a word beside them, none of them long enough to be a headline. */
function removeMenus(root: Element, selector: string, remove: (element: Element) => void): void {
  if (root.getElementsByTagName('a').length < MIN_MENU_LINKS) return;
  const weights = weigh(root);
  root.querySelectorAll(selector).forEach((element) => {
    const { characters, linked, links } = weights.get(element) ?? { characters: 0, linked: 0, links: 0 };
    if (links >= MIN_MENU_LINKS && linked > 0.7 * characters && linked / links < MAX_MENU_CHARACTERS) remove(element);
  });
}

/** Text and links of `root` and all elements in it, in one pass. Copies are not deep, so this may recurse. */
function weigh(root: Element): Map<Element, Weight> {
  const weights = new Map<Element, Weight>();
  const visit = (element: Element): Weight => {
    const weight: Weight = { characters: 0, linked: 0, links: 0 };
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === child.TEXT_NODE) weight.characters += countCharacters((child as Text).data);
      if (child.nodeType !== child.ELEMENT_NODE) continue;
      const inner = visit(child as Element);
      weight.characters += inner.characters;
      weight.linked += inner.linked;
      weight.links += inner.links;
    }
    if (element.localName === 'a') {
      weight.linked = weight.characters;
      weight.links = 1;
    }
    weights.set(element, weight);
    return weight;
  };
  visit(root);
  return weights;
}
