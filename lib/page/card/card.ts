// A card in the visited page, beside the text that it is about: where it is and how it goes. What it shows is rendered by whoever
// opens it. It changes no element of the page and moves none; the page can neither style it, nor read it, nor press its buttons.
import type { Anchor } from './anchor.ts';
import { addFrame, type Frame, type FrameOptions } from './frame.ts';
import { placeCard, type Box, type Place, type Side } from './place.ts';

/** escape: the Esc key. outside: a press elsewhere. gone: the page took the card away. closed: by `close()`. left: by `leave()`. */
export type CloseReason = 'escape' | 'outside' | 'gone' | 'closed' | 'left';

export interface CardOptions extends FrameOptions {
  /** Once, whatever closed it. */
  onClose: (reason: CloseReason) => void;
}

export interface Card {
  /** Render the content into it. */
  readonly content: HTMLElement;
  /** Gives focus and selection back to the page as they were, and takes the card away. */
  close(): void;
  /** Takes the card away; focus and selection stay where they have been put. */
  leave(): void;
  /** While this is under way the card stays, although the focus goes into a frame. */
  stayDuring<T>(work: Promise<T>): Promise<T>;
}

/** Opens an empty card beside `anchor`. Its content takes the focus when it is rendered. */
export function openCard(document: Document, anchor: Anchor, options: CardOptions): Card {
  const view = document.defaultView!;
  const listening = new AbortController();
  const { signal } = listening;
  let side: Side | undefined;
  let works = 0;

  const close = (reason: CloseReason): void => {
    if (signal.aborted) return;
    listening.abort();
    // A press elsewhere puts the focus where the reader wants it, and so does what has been written into the page.
    if (reason !== 'outside' && reason !== 'left') anchor.restore();
    host.remove();
    options.onClose(reason);
  };
  const place = (): void => {
    if (!host.isConnected) return close('gone');
    const text = anchor.box();
    if (!text) return;
    const found = placeCard(text, viewBox(view), side);
    side = found.side;
    apply(found, frame);
  };

  // Text in a modal dialog: all that stands outside of the dialog cannot be reached.
  const parent = anchor.element.closest('dialog:modal') ?? document.documentElement;
  const mayClose = (reason: 'escape' | 'outside'): void => {
    if (reason === 'escape' || works === 0) close(reason);
  };
  const watch = (window: Window): void => watchWindow(window, document, mayClose, signal);
  const frame = addFrame(parent, options, { onEnter: watch, onLost: () => close('gone') });
  const { host, content } = frame;
  place();
  followPage(view, document.documentElement, place, signal);
  watch(view);
  closeOnPress(view, host, mayClose, signal);
  const removed = new MutationObserver(() => !host.isConnected && close('gone'));
  removed.observe(parent, { childList: true });
  signal.addEventListener('abort', () => removed.disconnect());
  return {
    content,
    close: () => close('closed'),
    leave: () => close('left'),
    async stayDuring(work) {
      works++;
      try {
        return await work;
      } finally {
        works--;
      }
    },
  };
}

/** Esc, in the page as in the card; the focus going into a frame of the page, whose presses are told to that frame only. */
function watchWindow(
  view: Window,
  page: Document,
  close: (reason: 'escape' | 'outside') => void,
  signal: AbortSignal,
): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !event.isTrusted || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close('escape');
  };
  const onBlur = (): void => {
    if (page.activeElement?.localName === 'iframe') close('outside');
  };
  view.addEventListener('keydown', onKey, { capture: true, signal });
  view.addEventListener('blur', onBlur, { signal });
}

/** A press outside of the card. Before the page hears of it. */
function closeOnPress(view: Window, host: Element, close: (reason: 'outside') => void, signal: AbortSignal): void {
  const onPress = (event: PointerEvent): void => {
    if (event.isTrusted && !event.composedPath().includes(host)) close('outside');
  };
  view.addEventListener('pointerdown', onPress, { capture: true, passive: true, signal });
}

/** Calls back at most once a frame when the page scrolls (any part of it), or when something changes its size. */
function followPage(view: Window, sized: Element, place: () => void, signal: AbortSignal): void {
  let frame = 0;
  const soon = (): void => {
    frame ||= view.requestAnimationFrame(() => {
      frame = 0;
      if (!signal.aborted) place();
    });
  };
  const resized = new ResizeObserver(soon);
  resized.observe(sized);
  signal.addEventListener('abort', () => resized.disconnect());
  const passive = { capture: true, passive: true, signal };
  for (const type of ['scroll', 'resize', 'fullscreenchange']) view.addEventListener(type, soon, passive);
  for (const type of ['scroll', 'resize']) view.visualViewport?.addEventListener(type, soon, passive);
}

/** What is seen of the page: without scroll bars, keyboards on the screen, and what a pinch has pushed out. */
function viewBox({ visualViewport, innerWidth, innerHeight }: Window): Box {
  if (!visualViewport) return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const { offsetLeft: left, offsetTop: top, width, height } = visualViewport;
  return { left, top, right: left + width, bottom: top + height };
}

function apply({ side, left, edge, width, maxHeight }: Place, { host, box, content }: Frame): void {
  const grows = side === 'above' || side === 'docked' ? '0 -100%' : 'none';
  // A page that zooms its root would zoom the card, too.
  const zoom = 1 / (host.parentElement?.currentCSSZoom ?? 1);
  const style = { left: `${left}px`, top: `${edge}px`, width: `${width}px`, translate: grows, zoom: String(zoom) };
  Object.assign(box.style, style);
  content.style.maxHeight = `${maxHeight}px`;
}
