// The shadow trees of a page. Closed ones only someone else can find (lib/platform/shadow-tree.ts): who reads a page is given how.

/** Null where the element has none, or none that can be found. */
export type ShadowTreeOf = (element: HTMLElement) => ShadowRoot | null;

export function openTreeOf(element: Element): ShadowRoot | null {
  return element.shadowRoot;
}

/**
 * The element's tree. Closed ones are looked for in custom elements alone: each look is a call into the browser, and Inkling's card, whose
 * tree hangs on a plain element, is none of the page's.
 */
export function treeIn(element: Element, shadowTreeOf: ShadowTreeOf): ShadowRoot | null {
  return element.shadowRoot ?? (element.localName.includes('-') ? shadowTreeOf(element as HTMLElement) : null);
}
