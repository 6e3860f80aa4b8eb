// The selection within one editing host, also in an open shadow tree: what it is, and how it is set.
import type { PointSpan } from './text-points.ts';

/** Null where it is elsewhere. */
export function selectedIn(root: Element): PointSpan | null {
  const range = selectionRange(root);
  if (!range || !root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  return {
    start: { node: range.startContainer, offset: range.startOffset },
    end: { node: range.endContainer, offset: range.endOffset },
  };
}

function selectionRange(root: Element): StaticRange | Range | null {
  const selection = root.ownerDocument.getSelection();
  const tree = root.getRootNode();
  if (tree instanceof ShadowRoot) {
    if (typeof selection?.getComposedRanges === 'function') {
      return selection.getComposedRanges({ shadowRoots: [tree] }).at(0) ?? null;
    }
    // Before getComposedRanges, Chromium's shadow trees have a selection of their own.
    const own = (tree as ShadowRoot & { getSelection?: () => Selection | null }).getSelection?.();
    if (own && own.rangeCount > 0) return own.getRangeAt(0);
  }
  return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
}

export function selectPoints(root: Element, { start, end }: PointSpan): void {
  root.ownerDocument.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
}
