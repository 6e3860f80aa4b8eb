// Which part of a page's copy is the text that the reader came for. Readability finds articles; forums, documentation,
// lists and apps are found by their landmarks instead. Works on copies, knows markup only.

import { Readability } from '@mozilla/readability';

import type { Block } from '../article.ts';
import { removeChrome, removeLeftovers, removeOverlays } from './chrome.ts';
import { readBlocks } from './read-blocks.ts';
import { countCharacters } from './text.ts';

const TEXT_NODE = 3;

/** Readability's article stands unless it has less than this share of the prose in the page's main region. */
const MIN_ARTICLE_SHARE = 0.35;
/** Below this many characters an "article" is a teaser or a notice. */
const MIN_ARTICLE_CHARACTERS = 200;
/** Readability works by repeated passes over the page: above this size they take seconds. */
const MAX_ARTICLE_ELEMENTS = 20_000;

const LANDMARKS = ['main', '[role="main"]', 'article', '#content', '#main'];
/** What readers wrote below an article; on a forum it is the page. */
const COMMENTS = /(^|[-_\s])(comments?|commentlist|disqus|respond|responses|replies)(?=[-_\s]|$)/i;

/** The main text of `document` (a page's copy; it is consumed), empty where there is none. */
export function readMainText(document: Document): Block[] {
  removeOverlays(document.body);
  const article = findArticle(document);
  if (article && isWholeArticle(article, document.body)) {
    const blocks = readBlocks(article);
    if (blocks.length > 0) return blocks;
  }
  return findRegions(document.body).flatMap(readBlocks);
}

/** What Readability takes for the article, on a copy of its own. */
function findArticle(document: Document): Element | null {
  if (document.getElementsByTagName('*').length > MAX_ARTICLE_ELEMENTS) return null;
  try {
    const copy = document.cloneNode(true) as Document;
    const options = { serializer: (node: Node) => node as Element, disableJSONLD: true, keepClasses: true };
    const article = new Readability<Element>(copy, options).parse()?.content ?? null;
    if (article) removeLeftovers(article);
    return article;
  } catch {
    return null; // Markup that it cannot handle; a region needs less.
  }
}

/** Measured in prose, because link lists are beside the point on both sides. Takes the chrome out of `body`. */
function isWholeArticle(article: Element, body: Element): boolean {
  removeChrome(body);
  const length = proseLength([article], () => false);
  if (length < MIN_ARTICLE_CHARACTERS) return false;
  const regions = findRegions(body);
  const story = proseLength(
    regions,
    (element) => element.hasAttributes() && COMMENTS.test(`${element.className} ${element.id}`),
  );
  // Hardly anything without the comments: they are what the page is for.
  const text = story < MIN_ARTICLE_CHARACTERS ? proseLength(regions, () => false) : story;
  return length >= MIN_ARTICLE_SHARE * text;
}

/** The elements of a page without chrome that hold its main text. */
function findRegions(body: Element): Element[] {
  const whole = countCharacters(body.textContent);
  for (const landmark of LANDMARKS) {
    const regions = Array.from(body.querySelectorAll(landmark)).filter(
      (region) => !region.parentElement?.closest(landmark),
    );
    const length = regions.reduce((sum, region) => sum + countCharacters(region.textContent), 0);
    if (length > 0 && length >= whole / 3) return regions;
  }
  return [body];
}

/** Characters of text that is no link and in no element that is `left` out. */
function proseLength(roots: Element[], left: (element: Element) => boolean): number {
  let length = 0;
  const pending = [...roots];
  for (let element = pending.pop(); element; element = pending.pop()) {
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) length += countCharacters((child as Text).data);
      else if (child.nodeName !== 'A' && !left(child as Element)) pending.push(child as Element);
    }
  }
  return length;
}
