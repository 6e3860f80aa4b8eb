// What CSS makes of an element in its line.

import type { Spaces } from './inline-run.ts';
import { isWidget } from './left-alone.ts';

/** absent: without a box. inline: part of the line's text. widget: one thing in the line. block: ends the line. */
export type Flow = 'absent' | 'inline' | 'widget' | 'block';

/** Letters that are set apart to begin a paragraph. */
const DROP_CAP_CHARACTERS = 3;
const TRANSPARENT = /^$|^transparent$|^rgba\(.*, 0\)$/;

export function flowOf(element: Element, style: CSSStyleDeclaration): Flow {
  const { display } = style;
  // Chromium computes no style for what is in no slot of its shadow tree.
  if (display === '' || display === 'none') return 'absent';
  if (/^(inline|contents|ruby)/.test(display)) {
    return /^inline-(flex|grid|table)/.test(display) || isWidget(element) ? 'widget' : 'inline';
  }
  if (element.localName === 'slot') return 'inline';
  if (style.cssFloat !== 'none' && style.cssFloat !== '') return isDropCap(element) ? 'inline' : 'widget';
  return style.position === 'absolute' || style.position === 'fixed' ? 'widget' : 'block';
}

function isDropCap(element: Element): boolean {
  return element.childElementCount === 0 && element.textContent.trim().length <= DROP_CAP_CHARACTERS;
}

export function spacesOf(style: CSSStyleDeclaration): Spaces {
  const collapse = style.getPropertyValue('white-space-collapse') || style.whiteSpace;
  if (/^(preserve-breaks|pre-line)/.test(collapse)) return 'lines';
  return /^(preserve|pre|break-spaces)/.test(collapse) ? 'keep' : 'collapse';
}

/** With a background of its own. */
export function isFilled({ backgroundColor, backgroundImage }: CSSStyleDeclaration): boolean {
  return (backgroundImage !== '' && backgroundImage !== 'none') || !TRANSPARENT.test(backgroundColor);
}
