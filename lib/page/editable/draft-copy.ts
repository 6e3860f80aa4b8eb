// A copy of formatted text for Draft.js, which puts none on a clipboard that is asked for one: the formatting that it takes from HTML.
import type { TextMap } from './text-map.ts';

/** What its styles look like, and the element that it reads as such. */
const STYLES: [property: string, value: RegExp, tag: string][] = [
  ['font-weight', /^bold$/, 'b'],
  ['font-style', /^italic$/, 'i'],
  ['text-decoration', /\bunderline\b/, 'u'],
  ['text-decoration', /\bline-through\b/, 's'],
];
const PROPERTIES = new Set(['font-weight', 'font-style', 'text-decoration', 'text-decoration-line']);

/** What its paragraphs are, and what it reads as such: lists, quotations, code are not among them. */
const PARAGRAPHS = /^(div|h[1-6])$/;

/** HTML of [start, end) of the text; null where it has links, mentions, other formatting or paragraphs, or a line break in it. */
export function draftCopy({ text, characters }: TextMap, start: number, end: number): string | null {
  const holder = document.implementation.createHTMLDocument('').body;
  let paragraph = paragraphIn(holder, characters[start].block);
  let at = start;
  while (paragraph && at < end) {
    const { node, block, breaks } = characters[at];
    const leaf = node.parentElement?.parentElement;
    let to = at;
    while (to < end && characters[to].node === node) to += 1;
    if (breaks === 'block' && at > start) {
      paragraph = paragraphIn(holder, block);
      at += 1;
      continue;
    }
    // Anything else between the text and its paragraph belongs to the page.
    if (breaks || leaf?.parentElement !== block || !leaf.matches('span')) return null;
    const tags = tagsOf(leaf.style);
    if (!tags) return null;
    let inner = paragraph;
    for (const tag of tags) inner = inner.appendChild(holder.ownerDocument.createElement(tag));
    inner.append(text.slice(at, to));
    at = to;
  }
  const isFilled = [...holder.children].every(({ textContent }) => textContent !== '');
  return paragraph && isFilled ? (holder.children.length > 1 ? holder : paragraph).innerHTML : null;
}

function paragraphIn(holder: HTMLElement, block: Element): HTMLElement | null {
  const name = block.closest('[data-block]')?.localName ?? '';
  return PARAGRAPHS.test(name) ? holder.appendChild(holder.ownerDocument.createElement(name)) : null;
}

function tagsOf(style: CSSStyleDeclaration): string[] | null {
  if (![...style].every((property) => PROPERTIES.has(property) || property.startsWith('text-decoration-'))) return null;
  return STYLES.filter(([property, value]) => value.test(style.getPropertyValue(property))).map(([, , tag]) => tag);
}
