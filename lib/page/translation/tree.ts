// Ways through the page's trees, out of shadow trees too.

const SHADOW_ROOT = 11;

/** `host` in itself tells nothing: links have one, too. */
export function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === SHADOW_ROOT;
}

/** The element itself, or the one whose shadow tree it is. */
export function elementOf(parent: Element | ShadowRoot): Element {
  return isShadowRoot(parent) ? parent.host : parent;
}

/** The node around it; around a shadow tree its host. */
export function outerOf(node: Node): Node | null {
  return node.parentNode ?? (isShadowRoot(node) ? node.host : null);
}
