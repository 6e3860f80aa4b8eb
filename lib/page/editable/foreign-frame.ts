// Where the reader writes in a frame of another site: browsers let no extension into it that was let into the page alone, so what
// stands there is known only as far as the browser's menu tells it, and nothing can be written back.

/** The host of the frame that has the focus, '' where its address does not say; null where the focus is in no such frame. */
export function foreignFrameInFocus(document: Document): string | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (active?.localName !== 'iframe' && active?.localName !== 'frame') return null;
  const frame = active as HTMLIFrameElement;
  // A frame of the page's own origin is entered, and its script asked instead.
  if (frame.contentDocument) return null;
  try {
    return new URL(frame.src, document.baseURI).host;
  } catch {
    return '';
  }
}
