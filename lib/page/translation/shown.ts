// A translation that stands in the page: whether the page has left it alone, and taking it back.

export interface Shown {
  /** instead: in the place of the text. beside: after it. */
  place: 'instead' | 'beside';
  isIntact(): boolean;
  /** Takes it out of the page; what the page has changed since stays. */
  undo(): void;
  /** Whether a change of this node may be our own. */
  owns(node: Node): boolean;
  /** The nodes that hold a part of the translation, by UTF-16 offsets; null where none does. */
  rangeOf(start: number, end: number): StaticRange | null;
}

/** A piece of a translation and the node that it was written into. */
export interface WrittenText {
  node: Text;
  /** In the translation. */
  start: number;
  end: number;
  /** Characters of the node before it. */
  lead: number;
}

export function rangeOf(written: readonly WrittenText[], start: number, end: number): StaticRange | null {
  const touched = written.filter((piece) => piece.start < end && piece.end > start);
  const [first, last] = [touched.at(0), touched.at(-1)];
  if (!first || !last) return null;
  return new StaticRange({
    startContainer: first.node,
    startOffset: first.lead + Math.max(start - first.start, 0),
    endContainer: last.node,
    endOffset: last.lead + Math.min(end, last.end) - last.start,
  });
}
