// Whether a reader can see an element's text, by computed style and layout. Asked once per element, top down:
// what an element passes on to its children is its Sight. Reads the live page, never changes it.

import { isIndistinct, isTransparent, parseColour } from './colour.ts';

/** What the ancestors of an element make of its visibility. */
export interface Sight {
  /** Product of the opacities from the root. */
  opacity: number;
  /** The colour behind the text; null where it is an image or otherwise not known. */
  ground: string | null;
  /** Inside `position: fixed`: what is outside the viewport cannot be scrolled to. */
  fixed: boolean;
  /** Inside `position: absolute` or fixed. */
  positioned: boolean;
  /** Inside a closed `<details>`: without boxes, but one click away under a summary that can be seen. */
  folded: boolean;
  /** Where the nearest box with lines of its own stands; shared with the inline elements in it. */
  lines: Lines;
}

interface Lines {
  /** Whether the text in them has a box that can be scrolled to; undefined until first asked. */
  reachable?: boolean;
}

const MIN_OPACITY = 0.1;
const MIN_FONT_PX = 4;

export class Visibility {
  private readonly view: Window;
  private readonly range: Range;
  /** jsdom, and frames without a box, lay nothing out: there only style is judged. */
  private readonly hasLayout: boolean;

  private readonly judgesVisibility: boolean;

  /**
   * @param lifted Pages that hide themselves until they have loaded (anti-flicker, frame busters) and never did:
   * what `html` and `body` hide is taken as shown.
   */
  constructor(
    private readonly document: Document,
    private readonly lifted: boolean,
  ) {
    this.view = document.defaultView as Window;
    this.range = document.createRange();
    const root = document.documentElement.getBoundingClientRect();
    this.hasLayout = root.width > 0 && this.view.innerWidth > 0;
    this.judgesVisibility = !lifted || this.styleOf(document.body).visibility !== 'hidden';
  }

  /** The Sight at the document's root. */
  root(): Sight {
    const scheme = this.styleOf(this.document.documentElement).colorScheme || '';
    const framed = this.view.parent !== this.view;
    const ground = framed || scheme.includes('dark') ? null : 'rgb(255, 255, 255)';
    return { opacity: 1, ground, fixed: false, positioned: false, folded: false, lines: {} };
  }

  styleOf(element: Element): CSSStyleDeclaration {
    return this.view.getComputedStyle(element);
  }

  /** The Sight inside `element`; null where nothing in it can be seen. */
  into(element: Element, style: CSSStyleDeclaration, above: Sight): Sight | null {
    if (this.lifted && (element === this.document.documentElement || element === this.document.body)) return above;
    if (style.display === 'none' || style.contentVisibility === 'hidden') return null;
    const opacity = above.opacity * alphaOf(style);
    if (opacity < MIN_OPACITY) return null;
    if (element.getAttribute('aria-hidden') === 'true' && !holdsMainText(element)) return null;
    if (isClippedAway(style) || (this.hasLayout && !above.folded && isClosedBox(element, style))) return null;

    const fixed = above.fixed || style.position === 'fixed';
    const positioned = fixed || above.positioned || style.position === 'absolute';
    const folded = above.folded || (element.localName === 'details' && !element.hasAttribute('open'));
    const lines = style.display === 'inline' && !isDisplaced(style) ? above.lines : {};
    return { opacity, ground: groundOf(style, above.ground), fixed, positioned, folded, lines };
  }

  /** Whether the text that stands directly in `element` can be seen. `sight` is the one inside the element. */
  showsText(element: Element, style: CSSStyleDeclaration, sight: Sight, text: Text): boolean {
    if (this.judgesVisibility && (style.visibility === 'hidden' || style.visibility === 'collapse')) return false;
    if (Number.parseFloat(style.fontSize) < MIN_FONT_PX) return false;
    if (this.hasLayout && !sight.folded) {
      sight.lines.reachable ??= this.isReachable(text, sight);
      if (!sight.lines.reachable) return false;
    }
    const colour = style.webkitTextFillColor || style.color;
    if (!colour) return true;
    if (isTransparent(colour)) return this.isPaintedByBackground(element);
    if (sight.ground === null || !isIndistinct(colour, sight.ground)) return true;
    return (this.hasLayout && this.isBackedBySibling(element)) || this.isPaintedByBackground(element);
  }

  /** `background-clip: text` on the element or around it paints letters that have no colour of their own. */
  private isPaintedByBackground(element: Element): boolean {
    for (let outer: Element | null = element; outer; outer = outer.parentElement) {
      const style = this.styleOf(outer);
      const clip = style.backgroundClip || style.getPropertyValue('-webkit-background-clip');
      if (clip.includes('text') && style.backgroundImage !== 'none') return true;
    }
    return false;
  }

  private isReachable(text: Text, sight: Sight): boolean {
    this.range.selectNodeContents(text);
    const box = this.range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return false;
    const { innerWidth, innerHeight } = this.view;
    if (sight.fixed) {
      if (box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight) return true;
      return isScrolled(text.parentElement);
    }
    const left = box.left + this.view.scrollX;
    const right = box.right + this.view.scrollX;
    const bottom = box.bottom + this.view.scrollY;
    if (sight.positioned && left > 2 * innerWidth + 1000) return false;
    return (right > 0 && bottom > 0) || isScrolled(text.parentElement);
  }

  /** Light text over a picture: something beside the text, not around it, is painted behind it. */
  private isBackedBySibling(element: Element): boolean {
    const box = element.getBoundingClientRect();
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    let inner: Element = element;
    for (let outer = element.parentElement; outer; inner = outer, outer = outer.parentElement) {
      for (const sibling of Array.from(outer.children).slice(0, 50)) {
        if (sibling === inner) continue;
        const other = sibling.getBoundingClientRect();
        const covers = other.left <= x && other.right >= x && other.top <= y && other.bottom >= y;
        if (covers && (isMedia(sibling) || groundOf(this.styleOf(sibling), '') !== '')) return true;
      }
      for (const pseudo of ['::before', '::after']) {
        const style = this.view.getComputedStyle(outer, pseudo);
        if (style.content !== 'none' && groundOf(style, '') !== '') return true;
      }
      if ((parseColour(this.styleOf(outer).backgroundColor)?.alpha ?? 1) > 0.9) return false;
    }
    return false;
  }
}

/** Inline, yet not where its line is. */
function isDisplaced(style: CSSStyleDeclaration): boolean {
  const isPulled = [style.textIndent, style.marginLeft, style.letterSpacing].some((length) => length.startsWith('-'));
  return isPulled || style.position !== 'static';
}

function alphaOf(style: CSSStyleDeclaration): number {
  const opacity = style.opacity ? Number.parseFloat(style.opacity) : 1;
  const filter = style.filter && style.filter !== 'none' ? /opacity\(([\d.]+)(%?)\)/.exec(style.filter) : null;
  return opacity * (filter ? Number(filter[1]) / (filter[2] ? 100 : 1) : 1);
}

/** Libraries hide the whole page from screen readers while a dialog is open: that is no hint about what is seen. */
function holdsMainText(element: Element): boolean {
  return element.querySelector('main, article, h1, [role="main"]') !== null;
}

/** `clip` and `clip-path` that leave nothing. */
function isClippedAway(style: CSSStyleDeclaration): boolean {
  const clip = /^rect\((.*)\)$/.exec(style.getPropertyValue('clip'));
  if (clip) {
    const [top, right, bottom, left] = clip[1].split(/[\s,]+/).map(Number.parseFloat);
    if (right - left <= 1 || bottom - top <= 1) return true;
  }
  const path = style.clipPath;
  if (!path || path === 'none') return false;
  if (/^(circle|ellipse)\(0(px|%)?[ )]/.test(path)) return true;
  const inset = /^inset\(([^)]*)\)$/.exec(path);
  if (inset) {
    const sides = inset[1].split(' round')[0].trim().split(/\s+/).map(percent);
    const [top, right = top, bottom = top, left = right] = sides;
    return top + bottom >= 100 || left + right >= 100;
  }
  const polygon = /^polygon\((?:\w+, )?([^)]*)\)$/.exec(path);
  return polygon !== null && new Set(polygon[1].split(/,\s*/)).size < 3;
}

function percent(length: string): number {
  return length.endsWith('%') ? Number.parseFloat(length) : 0;
}

/** A box too small for a letter that shows nothing beyond its edges. */
function isClosedBox(element: Element, style: CSSStyleDeclaration): boolean {
  const { overflowX, overflowY } = style;
  if ((overflowX === 'visible' && overflowY === 'visible') || style.display.startsWith('inline')) {
    if (style.display !== 'inline-block' || overflowX === 'visible') return false;
  }
  if (style.display === 'contents' || element === element.ownerDocument.documentElement) return false;
  if (element === element.ownerDocument.body) return false;
  const box = element.getBoundingClientRect();
  return (box.width <= 2 && overflowX !== 'visible') || (box.height <= 2 && overflowY !== 'visible');
}

/** The colour behind an element's text: its own, the one above where it has none, null where it cannot be told. */
function groundOf(style: CSSStyleDeclaration, above: string | null): string | null {
  if (style.backgroundImage && style.backgroundImage !== 'none') return null;
  const background = style.backgroundColor;
  if (!background) return above;
  const alpha = parseColour(background)?.alpha ?? 1;
  if (alpha < 0.1) return above;
  return alpha > 0.9 ? background : null;
}

function isMedia(element: Element): boolean {
  return (
    /^(img|picture|video|canvas|svg|iframe)$/.test(element.localName) ||
    element.querySelector('img, video, canvas, svg') !== null
  );
}

/** Scrolled out of view inside a scrolling part of the page, so a reader can scroll back to it. */
function isScrolled(element: Element | null): boolean {
  for (let outer = element; outer; outer = outer.parentElement) {
    if (outer.scrollTop > 0 || outer.scrollLeft !== 0) return outer !== outer.ownerDocument.documentElement;
  }
  return false;
}
