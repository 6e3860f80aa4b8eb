// The shadow tree of an element of the page, the closed ones too: both browsers show them to extensions, each in its own way.

interface ChromiumDom {
  openOrClosedShadowRoot: (element: HTMLElement) => ShadowRoot | null;
}

/** Only in a content script. Null where the element has none. */
export function shadowTreeOf(element: HTMLElement): ShadowRoot | null {
  const { chrome } = globalThis as { chrome?: { dom?: ChromiumDom } };
  if (chrome?.dom) return chrome.dom.openOrClosedShadowRoot(element);
  const { openOrClosedShadowRoot } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
  return openOrClosedShadowRoot ?? element.shadowRoot;
}
