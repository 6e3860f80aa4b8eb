// Which part of a snapshot is the text that the reader came for. Readability finds articles; forums, documentation,
// lists and apps are found by their landmarks instead. Works on copies, knows markup only.

import { Readability } from '@mozilla/readability';

import type { Block } from '../protocol.ts';
import { removeChrome, removeLeftovers } from './chrome.ts';
import { readBlocks } from './read-blocks.ts';
import { countCharacters } from './text.ts';

/** Readability's article stands unless it has less than this share of what the page's main region has. */
const MIN_ARTICLE_SHARE = 0.35;
/** Below this many characters an "article" is a teaser or a notice. */
const MIN_ARTICLE_CHARACTERS = 200;
/** Readability works by repeated passes over the page: above this size they take seconds. */
const MAX_ARTICLE_ELEMENTS = 30_000;

/** The main text of `document` (a snapshot; it is consumed), empty where there is none. */
export function readMainText(document: Document): Block[] {
  const article = readArticle(document);
  const region = readRegion(document.body);
  const articleLength = lengthOf(article);
  const regionLength = lengthOf(region);
  const isWhole = articleLength >= MIN_ARTICLE_CHARACTERS && articleLength >= MIN_ARTICLE_SHARE * regionLength;
  return isWhole || articleLength >= regionLength ? article : region;
}

function readArticle(document: Document): Block[] {
  if (document.getElementsByTagName('*').length > MAX_ARTICLE_ELEMENTS) return [];
  try {
    const copy = document.cloneNode(true) as Document;
    const options = { serializer: (node: Node) => node as Element, disableJSONLD: true };
    const content = new Readability<Element>(copy, options).parse()?.content;
    if (!content) return [];
    removeLeftovers(content);
    return readBlocks(content);
  } catch {
    return []; // Markup that it cannot handle; the region below needs less.
  }
}

function readRegion(body: HTMLElement): Block[] {
  removeChrome(body);
  const whole = countCharacters(body.textContent);
  for (const landmark of ['main', '[role="main"]', 'article', '#content', '#main']) {
    const regions = Array.from(body.querySelectorAll(landmark)).filter(
      (region) => !region.parentElement?.closest(landmark),
    );
    const length = regions.reduce((sum, region) => sum + countCharacters(region.textContent), 0);
    if (length > 0 && length >= whole / 3) return regions.flatMap(readBlocks);
  }
  return readBlocks(body);
}

function lengthOf(blocks: Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}
