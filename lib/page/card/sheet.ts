// The card's style sheet: constructed, so that no page's Content-Security-Policy sees it, and under names that no page can guess.

/**
 * Gives a shadow tree, or the card's own document, its style. A page may register custom properties (`@property --paper`) for the whole document, shadow trees
 * included: the names in `css` get a random prefix.
 */
export function adoptStyle(root: ShadowRoot | Document, css: string): void {
  const document = root.ownerDocument ?? root;
  const prefix = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const text = css.replace(/--(?=[a-z])/g, `--x${prefix}-`);
  try {
    // Of the tree's own window: a card about text in a frame stands in the page around it.
    const sheet = new document.defaultView!.CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox has refused them to content scripts (bugzilla 1770592), whose style elements it lets pass any policy.
    const element = document.createElementNS('http://www.w3.org/1999/xhtml', 'style');
    element.textContent = text;
    (root === document ? document.head : root).append(element);
  }
}
