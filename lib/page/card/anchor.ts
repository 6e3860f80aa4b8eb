// What the card stands next to: the selection as it was at the gesture, where that is in the window now, and the way back to it.
import { focusedField, selectedSpans } from '../selection.ts';
import type { Box } from './place.ts';

export interface Anchor {
  /** In whose tree the text stands: a card about text in a modal dialog belongs into that dialog. */
  element: Element;
  /** Where the text is in the window now; null where the page no longer shows it. */
  box(): Box | null;
  /** Gives the focus and the selection back as they were. Scrolls nothing. */
  restore(): void;
}

type Field = NonNullable<ReturnType<typeof focusedField>>;

/** The selection of the text field that has the focus, else of the document; null where nothing is selected. */
export function anchorOfSelection(document: Document): Anchor | null {
  const field = focusedField(document);
  if (field && (field.selectionStart ?? 0) < (field.selectionEnd ?? 0)) return anchorOfField(field);
  const range = selectedRange(document);
  return range && anchorOfRange(document, range);
}

/** The middle of what is in view, for text that stands in no place that can be reached. */
export function anchorInView(document: Document): Anchor {
  const focused = document.activeElement;
  return {
    element: document.documentElement,
    box() {
      const { innerWidth, innerHeight } = document.defaultView!;
      const [x, y] = [innerWidth / 2, innerHeight / 4];
      return { left: x, right: x, top: y, bottom: y };
    },
    restore() {
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    },
  };
}

function anchorOfField(field: Field): Anchor {
  const { selectionStart, selectionEnd, selectionDirection } = field;
  return {
    element: field,
    box: () => boxOf(field),
    restore() {
      field.focus({ preventScroll: true });
      field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    },
  };
}

function anchorOfRange(document: Document, range: Range): Anchor {
  const focused = document.activeElement;
  const container = range.commonAncestorContainer;
  return {
    element: container instanceof Element ? container : (container.parentElement ?? document.documentElement),
    box: () => boxOf(range),
    restore() {
      if (focused instanceof HTMLElement && focused !== document.body) focused.focus({ preventScroll: true });
      if (range.collapsed) return; // the page has taken the text away
      const { startContainer, startOffset, endContainer, endOffset } = range;
      document.getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    },
  };
}

/** A live range of our own: it follows what the page does to its text. */
function selectedRange(document: Document): Range | null {
  const spans = selectedSpans(document);
  const [first, last] = [spans.at(0), spans.at(-1)];
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(first.startContainer, first.startOffset);
  range.setEnd(last.endContainer, last.endOffset);
  return range.collapsed ? null : range;
}

function boxOf(shown: Range | Element): Box | null {
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  return left === 0 && top === 0 && right === 0 && bottom === 0 ? null : { left, top, right, bottom };
}
