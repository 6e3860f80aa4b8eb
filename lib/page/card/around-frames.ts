// A card about text in a frame stands in the page around the frame, as far as that is of the same origin: frames are often too small.
import type { Anchor } from './anchor.ts';
import type { Box } from './place.ts';

export interface Surroundings {
  /** Where the card stands. */
  document: Document;
  /** As seen from there. */
  anchor: Anchor;
}

/** The outermost document that may be reached from the text's own. */
export function aroundFrames(document: Document, anchor: Anchor): Surroundings {
  const frame = frameOf(document);
  return frame ? aroundFrames(frame.ownerDocument, throughFrame(frame, anchor)) : { document, anchor };
}

/** Null in a page itself, and in a frame of another site. */
function frameOf(document: Document): Element | null {
  try {
    return document.defaultView?.frameElement ?? null;
  } catch {
    return null;
  }
}

function throughFrame(frame: Element, inner: Anchor): Anchor {
  return {
    element: frame,
    box() {
      const box = inner.box();
      return box && moved(box, frame);
    },
    restore: () => inner.restore(),
  };
}

/** What of the box the frame shows, in the coordinates of the page around it. Frames that are scaled or padded are off by that. */
function moved(box: Box, frame: Element): Box {
  const { left, top } = frame.getBoundingClientRect();
  const [x, y] = [left + frame.clientLeft, top + frame.clientTop];
  const within = (at: number, size: number) => Math.max(0, Math.min(at, size));
  return {
    left: x + within(box.left, frame.clientWidth),
    right: x + within(box.right, frame.clientWidth),
    top: y + within(box.top, frame.clientHeight),
    bottom: y + within(box.bottom, frame.clientHeight),
  };
}
