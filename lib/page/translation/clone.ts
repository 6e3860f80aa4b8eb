// Copies of inline elements for a translation beside its text: they look and link alike, and do nothing else.

import type { Atom } from './inline-run.ts';

/** Not those by which a page finds, names or steers its elements. */
const KEPT_ATTRIBUTES = new Set(
  'class href hreflang target rel title dir datetime cite color face size alt mathvariant display'.split(' '),
);
const LOOKS = new Set(
  (
    'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q rt ruby s samp small span strike strong sub sup time tt u var wbr ' +
    'label output data'
  ).split(' '),
);
const HTML = 'http://www.w3.org/1999/xhtml';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const EMOJI = /^[\p{Emoji}\p{Emoji_Component}\ufe0f\u200d]+$/u;
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/** The element without what is in it. */
export function cloneInline(element: Element): Element {
  const { ownerDocument: document, localName } = element;
  const isMath = element.namespaceURI === MATHML;
  const copy = isMath
    ? document.createElementNS(MATHML, localName)
    : document.createElement(LOOKS.has(localName) && element.namespaceURI === HTML ? localName : 'span');
  for (const { name, value } of element.attributes) {
    if (KEPT_ATTRIBUTES.has(name) && !/^\s*javascript:/i.test(value)) copy.setAttribute(name, value);
  }
  // By the object model: a policy against inline styles does not forbid it.
  const style = (element as Partial<ElementCSSInlineStyle>).style?.cssText;
  if (style) (copy as HTMLElement).style.cssText = style;
  return copy;
}

/** Line breaks and what says something; null for pictures and controls, which are there once already. */
export function cloneAtom({ element, isBreak, hasText }: Atom): Node | null {
  if (isBreak) return element.ownerDocument.createElement('br');
  const alt = element.localName === 'img' ? element.getAttribute('alt') : null;
  if (alt && EMOJI.test(alt)) return element.ownerDocument.createTextNode(alt);
  return hasText ? cloneDeep(element) : null;
}

function cloneDeep(root: Element): Element {
  const copy = cloneInline(root);
  const stack: [Element, Element][] = [[root, copy]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [element, target] = next;
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) target.append((child as Text).data);
      if (
        child.nodeType !== ELEMENT_NODE ||
        /^(script|style|svg|img|button|input|template)$/.test((child as Element).localName)
      )
        continue;
      const inner = cloneInline(child as Element);
      target.append(inner);
      stack.push([child as Element, inner]);
    }
  }
  return copy;
}
