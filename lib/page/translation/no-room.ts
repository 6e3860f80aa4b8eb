// Where the page has no room for a second line: there a translation always stands in the place of the text.

import { isWithinLabel } from './left-alone.ts';
import type { Part } from './split.ts';
import { elementOf } from './tree.ts';

const SHORT_CHARACTERS = 30;
/** Longer texts in a menu or button are read, not pressed. */
const MAX_LABEL_CHARACTERS = 120;

/** `text` is the part's. Reads computed style. */
export function hasNoRoom({ run, isListed, hasField }: Part, text: string, block: Element | ShadowRoot): boolean {
  if (isListed) return true;
  const parent = elementOf(run.parent);
  if (text.length <= MAX_LABEL_CHARACTERS && (hasField || isWithinLabel(parent))) return true;
  const style = getComputedStyle(parent);
  const { display, flexDirection } = style;
  // A child of its own would be an item beside the text.
  if (display.includes('grid') || (display.includes('flex') && !flexDirection.startsWith('column'))) return true;
  if (display.startsWith('inline-') && text.length <= SHORT_CHARACTERS) return true;
  const outer = elementOf(block);
  return isCutOff(outer === parent ? style : getComputedStyle(outer)) || isClamped(outer.parentElement);
}

function isCutOff(style: CSSStyleDeclaration): boolean {
  const isOneLine = style.whiteSpace.startsWith('nowrap');
  return (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible' && isOneLine) || hasLineClamp(style);
}

function isClamped(element: Element | null): boolean {
  return element !== null && hasLineClamp(getComputedStyle(element));
}

function hasLineClamp(style: CSSStyleDeclaration): boolean {
  return /^\d/.test(style.getPropertyValue('-webkit-line-clamp'));
}
