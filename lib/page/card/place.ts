// Where the card stands beside the text that it is about: below, else above, else at its side. Pure: boxes in, a place out.

/** In CSS pixels of the layout viewport, as getBoundingClientRect gives it. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Side = 'below' | 'above' | 'beside' | 'docked';

export interface Place {
  side: Side;
  left: number;
  /** The card's own top edge; for `above` and `docked` its bottom edge, so that it grows upwards. */
  edge: number;
  width: number;
  maxHeight: number;
}

/** Between the card and the text, and between the card and the window's edge. */
const GAP_PX = 8;
const WIDTH_PX = 420;
const MAX_HEIGHT_PX = 480;
/** Room that a side must have to be taken at first: what grows there need not move to the other side. */
const COMFORTABLE_PX = 260;
/** With less than this, a side is given up. */
const LEAST_HEIGHT_PX = 150;
const LEAST_WIDTH_PX = 260;

/**
 * The text is never covered unless it fills the window from edge to edge: then the card is docked at the window's lower end.
 * `before` is the side of the last time: it is kept while there is room, because a card that jumps cannot be read.
 */
export function placeCard(text: Box, view: Box, before?: Side): Place {
  const anchor = within(text, view);
  const width = Math.min(WIDTH_PX, view.right - view.left - 2 * GAP_PX);
  const left = clamp(anchor.left, view.left + GAP_PX, view.right - GAP_PX - width);
  const below = view.bottom - anchor.bottom - 2 * GAP_PX;
  const above = anchor.top - view.top - 2 * GAP_PX;
  switch (sideOf(below, above, before)) {
    case 'below':
      return { side: 'below', left, edge: anchor.bottom + GAP_PX, width, maxHeight: Math.min(below, MAX_HEIGHT_PX) };
    case 'above':
      return { side: 'above', left, edge: anchor.top - GAP_PX, width, maxHeight: Math.min(above, MAX_HEIGHT_PX) };
    case null:
      return placeBeside(anchor, view) ?? dock(left, width, view);
  }
}

function sideOf(below: number, above: number, before: Side | undefined): 'below' | 'above' | null {
  if (before === 'below' && below >= LEAST_HEIGHT_PX) return 'below';
  if (before === 'above' && above >= LEAST_HEIGHT_PX) return 'above';
  if (below >= COMFORTABLE_PX) return 'below';
  if (above >= COMFORTABLE_PX) return 'above';
  if (Math.max(below, above) < LEAST_HEIGHT_PX) return null;
  return below >= above ? 'below' : 'above';
}

function placeBeside(anchor: Box, view: Box): Place | null {
  const after = view.right - anchor.right - 2 * GAP_PX;
  const before = anchor.left - view.left - 2 * GAP_PX;
  const room = Math.max(after, before);
  if (room < LEAST_WIDTH_PX) return null;
  const width = Math.min(room, WIDTH_PX);
  const maxHeight = Math.min(view.bottom - view.top - 2 * GAP_PX, MAX_HEIGHT_PX);
  const left = after >= before ? anchor.right + GAP_PX : anchor.left - GAP_PX - width;
  return { side: 'beside', left, edge: view.top + GAP_PX, width, maxHeight };
}

function dock(left: number, width: number, view: Box): Place {
  const height = view.bottom - view.top - 2 * GAP_PX;
  const maxHeight = Math.min(height, Math.max(height / 2, LEAST_HEIGHT_PX));
  return { side: 'docked', left, edge: view.bottom - GAP_PX, width, maxHeight };
}

/** What of a box can be seen; a box out of view becomes a line at the edge where it went. */
function within(box: Box, view: Box): Box {
  return {
    left: clamp(box.left, view.left, view.right),
    right: clamp(box.right, view.left, view.right),
    top: clamp(box.top, view.top, view.bottom),
    bottom: clamp(box.bottom, view.top, view.bottom),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
