// Shows where in the page a quote stands: scrolls there and highlights it. The page's elements stay as they are, but
// for what a reader would open to see the text (a closed `<details>`, `hidden="until-found"`).

import type { TextQuote } from '../article.ts';
import type { ShadowTreeOf } from './shadow.ts';
import { findQuote } from './text-index.ts';

const HIGHLIGHT_NAME = 'inkling-quote';
const BRIGHT = `::highlight(${HIGHLIGHT_NAME}) { background-color: rgb(40 72 199 / 0.28); text-decoration: underline 2px rgb(88 118 240); }
@media (forced-colors: active) { ::highlight(${HIGHLIGHT_NAME}) { background-color: Highlight; color: HighlightText; } }`;
/** What remains, so that the sentence can be found again. */
const QUIET = `::highlight(${HIGHLIGHT_NAME}) { text-decoration: underline 2px rgb(88 118 240); }`;
const BRIGHT_MS = 4_000;

interface Shown {
  root: Document | ShadowRoot;
  sheet: CSSStyleSheet;
  timer: number;
}

const shown = new WeakMap<Document, Shown>();

/** Scrolls to the quote and highlights it, bright for 4 s, then quietly until the next one; false where the page no longer has it. */
export function showQuote(document: Document, quote: TextQuote, shadowTreeOf?: ShadowTreeOf): boolean {
  const range = findQuote(document, quote, shadowTreeOf);
  if (!range) return false;
  clearQuote(document);
  unfold(range.startContainer);
  scrollTo(document, range);
  try {
    highlight(document, range);
  } catch {
    select(document, range);
  }
  return true;
}

/** Takes the highlight away. */
export function clearQuote(document: Document): void {
  const view = viewOf(document);
  if ('highlights' in view.CSS) view.CSS.highlights.delete(HIGHLIGHT_NAME);
  const last = shown.get(document);
  if (!last) return;
  view.clearTimeout(last.timer);
  last.root.adoptedStyleSheets = last.root.adoptedStyleSheets.filter((sheet) => sheet !== last.sheet);
  shown.delete(document);
}

/** A constructed sheet on the tree that the text is in: no element is added. */
function highlight(document: Document, range: Range): void {
  const view = viewOf(document);
  const root = range.startContainer.getRootNode() as Document | ShadowRoot;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(BRIGHT);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  view.CSS.highlights.set(HIGHLIGHT_NAME, new view.Highlight(range));
  shown.set(document, { root, sheet, timer: view.setTimeout(() => sheet.replaceSync(QUIET), BRIGHT_MS) });
}

/** Where a content script may not adopt sheets, the browser's own selection shows the place. */
function select(document: Document, range: Range): void {
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Opens what hides the text, as the browser's own search does. */
function unfold(node: Node): void {
  for (let at: Node | null = node; at; at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null) {
    if (at.nodeType !== 1) continue;
    const element = at as HTMLElement;
    if (element.localName === 'details') (element as HTMLDetailsElement).open = true;
    if (element.getAttribute('hidden') !== 'until-found') continue;
    const view = viewOf(element.ownerDocument);
    element.dispatchEvent(new view.Event('beforematch', { bubbles: true }));
    element.removeAttribute('hidden');
  }
}

/** Brings the quote itself to the middle, also where its paragraph is longer than the window. */
function scrollTo(document: Document, range: Range): void {
  const view = viewOf(document);
  const element = range.startContainer.parentElement;
  if (!element) return;
  const isCalm = document.hidden || view.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = isCalm ? 'instant' : 'smooth';
  if (element.getBoundingClientRect().height < view.innerHeight / 2) {
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior });
    return;
  }
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const scroller = scrollerOf(element);
  const box = range.getBoundingClientRect();
  scroller.scrollBy({ top: box.top + box.height / 2 - view.innerHeight / 2, behavior });
}

/** The nearest part of the page around the element that scrolls. */
function scrollerOf(element: Element): Element {
  const { ownerDocument } = element;
  const root = ownerDocument.scrollingElement ?? ownerDocument.documentElement;
  for (
    let outer = element.parentElement;
    outer && outer !== root && outer !== ownerDocument.body;
    outer = outer.parentElement
  ) {
    const overflow = viewOf(ownerDocument).getComputedStyle(outer).overflowY;
    if (outer.scrollHeight > outer.clientHeight + 1 && /auto|scroll/.test(overflow)) return outer;
  }
  return root;
}

function viewOf(document: Document): NonNullable<Document['defaultView']> {
  return document.defaultView!;
}
