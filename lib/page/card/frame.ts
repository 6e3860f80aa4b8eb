// The card's elements: a host that is nothing to the page, a closed shadow tree, in it the box that is shown, and in that a window of
// its own with the content. What is done in the content stays in it, and only the reader can do it.
import { adoptStyle } from './sheet.ts';
import { giveWindow, type Windows } from './own-window.ts';

export interface FrameOptions {
  /** The style sheet of frame and content; its custom properties belong on `.card-frame`. */
  css: string;
  /** BCP 47 of the card's own words, not of the text in it. */
  language: string;
}

export interface Frame {
  host: HTMLElement;
  /** What is placed. */
  box: HTMLElement;
  /** What is seen in it. */
  content: HTMLElement;
}

const HTML = 'http://www.w3.org/1999/xhtml';

/** `all` leaves out direction. Important declarations of a shadow tree win over the page's important ones, and over inline ones. */
const HOST_CSS = ':host { all: initial !important; display: contents !important; direction: ltr !important; }';

/** What makes the card act. One that is not trusted is a script's, not the reader's. */
const ACTS = ['click', 'keydown', 'keyup', 'input', 'change', 'pointerdown', 'mousedown', 'focusin'];

/** The page's shortcuts and its "click elsewhere" are not meant by what happens in the card, where it has no window of its own. */
const QUIET = [
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'focusin', 'focusout', 'copy', 'wheel'],
  ...['click', 'auxclick', 'dblclick', 'contextmenu', 'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout'],
  ...['pointerdown', 'pointerup', 'pointermove', 'touchstart', 'touchmove', 'touchend', 'selectstart', 'dragstart'],
];

const FOCUSABLE = ['button', 'select', 'input', 'textarea', 'summary', '[tabindex="0"]']
  .map((each) => `${each}:not(:disabled, [tabindex="-1"])`)
  .join(', ');

const hosts = new WeakSet<Element>();

/** Whether an element of the page holds a card of ours. */
export function isCard(element: Element): boolean {
  return hosts.has(element);
}

/** Puts it into `parent`, above every stacking context of the page. */
export function addFrame(parent: Element, { css, language }: FrameOptions, windows: Windows): Frame {
  const document = parent.ownerDocument;
  // A plain element: a custom one's internals would hand the page its shadow tree, closed or not.
  const host = document.createElementNS(HTML, 'div');
  hosts.add(host);
  const root = host.attachShadow({ mode: 'closed' });
  adoptStyle(root, `${HOST_CSS}\n${css}`);
  const box = document.createElementNS(HTML, 'div');
  box.className = 'card-frame';
  root.append(box);

  const content = document.createElementNS(HTML, 'div');
  content.className = 'card-content';
  content.lang = language;
  content.dir = 'ltr';
  for (const type of ACTS) content.addEventListener(type, refuseScripts, { capture: true });
  content.addEventListener('keydown', keepTabInside);
  for (const type of QUIET) host.addEventListener(type, stopHere, { passive: true });

  parent.append(host);
  showOnTop(box);
  giveWindow(box, content, css, windows);
  return { host, box, content };
}

function showOnTop(box: HTMLElement): void {
  if (!('showPopover' in box)) return;
  box.popover = 'manual';
  box.showPopover();
}

function refuseScripts(event: Event): void {
  if (event.isTrusted) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function stopHere(event: Event): void {
  event.stopPropagation();
}

/** Tab goes round: behind the card's last control there is nothing that the reader could want, Esc leads back to the page. */
function keepTabInside(event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const box = event.currentTarget as HTMLElement;
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [stops.at(0), stops.at(-1)];
  const at = (box.getRootNode() as Document | ShadowRoot).activeElement;
  const leaves = event.shiftKey ? at === first || !stops.includes(at as HTMLElement) : at === last;
  if (!first || !last || !leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
