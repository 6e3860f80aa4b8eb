// A copy of what a reader sees: the visible part of the flat tree (shadow roots, slots, same-origin frames) as plain HTML, in a
// form that crosses a message. Everything after this works on the copy (snapshot-document.ts); the live page is only read.

import { BLOCK_TAGS, DISPLAY_MARK, FIXED_MARK, isPlainTag, KEPT_ATTRIBUTES } from './copied-markup.ts';
import { openTreeOf, treeIn, type ShadowTreeOf } from './shadow.ts';
import { OWN_TAG } from './translation/own-tag.ts';
import { countCharacters, stripInvisible } from './text.ts';
import { Visibility } from './visibility.ts';
import type { Sight } from './visibility.ts';

export interface Snapshot {
  nodes: CopiedNode[];
  /** Characters of text that were left out because they cannot be seen. */
  hiddenCharacters: number;
  /** The page went on beyond the limits. */
  truncated: boolean;
}

/** In document order: text, an element that begins (its tag, then names and values of its attributes), null where the last one ends. */
export type CopiedNode = string | [tag: string, ...attributes: string[]] | null;

/** The part of a text node that is wanted, null for nothing of it. */
export type TextFilter = (text: Text) => string | null;

const MAX_CHARACTERS = 2_000_000;
const MAX_ELEMENTS = 200_000;
/** Deeper elements are copied flat: no reader sees the difference, and recursion stays bounded. */
const MAX_COPY_DEPTH = 250;
const MAX_DEPTH = 2_000;

const WITHOUT_TEXT = new Set([
  ...(
    'script style noscript template head meta link title base svg canvas audio video object embed applet map select datalist ' +
    'progress meter annotation annotation-xml rp'
  ).split(' '),
  OWN_TAG, // beside the page's text, not of it
]);
/** Elements that say nothing about what their text is: copied as bare text, which makes the copy half the size. */
const FORMATTING = new Set(
  'b i em strong u s small mark abbr time cite q ins del kbd var samp dfn bdi bdo font tt big wbr span'.split(' '),
);
const VOID = new Set(['img', 'input', 'textarea', 'br', 'hr', 'wbr', 'picture']);
/** By these an element may be known as navigation, a byline or a heading. */
const NAMING_ATTRIBUTES = ['class', 'id', 'role', 'rel', 'itemprop'];
/** Frames smaller than this carry advertisements and widgets. */
const MIN_FRAME_PX = { width: 300, height: 150 };

const TEXT_NODE = 3;
const FRAME = /^i?frame$/;

const ELEMENT_NODE = 1;
const SHOW_TEXT = 4;

/** Copies what can be seen of `document`, or only the text that `filter` lets through. */
export function takeSnapshot(
  document: Document,
  shadowTreeOf: ShadowTreeOf = openTreeOf,
  filter: TextFilter = (text) => text.data,
): Snapshot {
  let copy = new Copier(shadowTreeOf, filter, false);
  copy.copyDocument(document);
  const { nodes, hiddenCharacters } = copy.result;
  if (hiddenCharacters > 0 && !nodes.some((node) => typeof node === 'string' && /\S/.test(node))) {
    copy = new Copier(shadowTreeOf, filter, true);
    copy.copyDocument(document);
  }
  return copy.result;
}

class Copier {
  readonly result: Snapshot = { nodes: [], hiddenCharacters: 0, truncated: false };
  private characters = 0;
  private elements = 0;

  constructor(
    private readonly shadowTreeOf: ShadowTreeOf,
    private readonly filter: TextFilter,
    private readonly lifted: boolean,
  ) {}

  copyDocument(document: Document): void {
    const root = document.documentElement;
    if (!document.defaultView || !hasBody(document)) return;
    const visibility = new Visibility(document, this.lifted);
    const sight = visibility.into(root, visibility.styleOf(root), visibility.root());
    if (sight) this.copyElement(document.body, visibility, sight, 0);
    else this.countHidden(document.body);
  }

  /** Copies what can be seen of `source`. */
  private copyElement(source: Element, visibility: Visibility, above: Sight, depth: number): void {
    if (this.result.truncated || WITHOUT_TEXT.has(source.localName)) return;
    this.elements += 1;
    if (this.elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
      this.result.truncated = true;
      return;
    }
    const style = visibility.styleOf(source);
    const sight = visibility.into(source, style, above);
    if (!sight) {
      this.countHidden(source);
      return;
    }
    const isFlat = source === source.ownerDocument.body || depth > MAX_COPY_DEPTH || isFormatting(source, style);
    if (!isFlat) this.result.nodes.push(copyOf(source, style));
    if (FRAME.test(source.localName)) this.copyFrame(source as HTMLIFrameElement);
    else if (!VOID.has(source.localName)) this.copyChildren(source, style, visibility, sight, depth);
    if (!isFlat) this.result.nodes.push(null);
  }

  private copyChildren(
    source: Element,
    style: CSSStyleDeclaration,
    visibility: Visibility,
    sight: Sight,
    depth: number,
  ): void {
    const keepsLines = /^(pre|break-spaces)/.test(style.whiteSpace) && !source.closest('pre, code');
    for (const child of flatChildren(source, this.shadowTreeOf)) {
      if (child.nodeType === ELEMENT_NODE) this.copyElement(child as Element, visibility, sight, depth + 1);
      else if (child.nodeType === TEXT_NODE) {
        const text = child as Text;
        const data = this.filter(text);
        if (!data) continue;
        if (!/\S/.test(data) || visibility.showsText(source, style, sight, text)) this.copyText(data, keepsLines);
        else this.result.hiddenCharacters += countCharacters(data);
      }
    }
  }

  /** `keepsLines`: styled so that a line feed breaks the line, which the copy says with markup. */
  private copyText(data: string, keepsLines: boolean): void {
    const { text, removed } = stripInvisible(data);
    this.result.hiddenCharacters += removed;
    const kept = text.slice(0, MAX_CHARACTERS - this.characters);
    this.result.truncated ||= kept.length < text.length;
    this.characters += kept.length;
    for (const [index, line] of (keepsLines ? kept.split('\n') : [kept]).entries()) {
      if (index > 0) this.result.nodes.push(['br'], null);
      this.result.nodes.push(line);
    }
  }

  private copyFrame(frame: HTMLIFrameElement): void {
    let inner: Document | null = null;
    try {
      inner = frame.contentDocument;
    } catch {
      // Another origin: its own content script reads it.
    }
    const box = frame.getBoundingClientRect();
    if (inner && box.width >= MIN_FRAME_PX.width && box.height >= MIN_FRAME_PX.height && !isAdvertisement(frame)) {
      this.copyDocument(inner);
    }
  }

  private countHidden(element: Element): void {
    const walker = element.ownerDocument.createTreeWalker(element, SHOW_TEXT);
    for (let text = walker.nextNode() as Text | null; text; text = walker.nextNode() as Text | null) {
      if (text.parentElement && WITHOUT_TEXT.has(text.parentElement.localName)) continue;
      const data = this.filter(text);
      if (data) this.result.hiddenCharacters += countCharacters(data);
    }
  }
}

/** The element's beginning: without what says nothing of its text, with what its computed style says of it. */
function copyOf(source: Element, style: CSSStyleDeclaration): [string, ...string[]] {
  const tag = source.localName;
  const isBlock = isBlockDisplay(style);
  let copyTag = tag;
  if (!isPlainTag(tag) || FRAME.test(tag)) copyTag = isBlock ? 'div' : 'span';
  else if (tag === 'button' && source.closest('h1, h2, h3, h4, h5, h6, summary, dt')) copyTag = 'span';
  const copy: [string, ...string[]] = [copyTag];
  for (const { name, value } of source.attributes) if (KEPT_ATTRIBUTES.has(name)) copy.push(name, value);
  if (isBlock !== null && isBlock !== BLOCK_TAGS.has(copyTag)) copy.push(DISPLAY_MARK, isBlock ? 'block' : 'inline');
  if (style.position === 'fixed') copy.push(FIXED_MARK, '');
  return copy;
}

/** The children as they are rendered: a shadow root's instead of its host's, what is slotted in place of a slot. */
export function flatChildren(element: Element, shadowTreeOf: ShadowTreeOf): Iterable<Node> {
  if (element.localName === 'slot') {
    const assigned = (element as HTMLSlotElement).assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  return siblings((treeIn(element, shadowTreeOf) ?? element).firstChild);
}

function* siblings(first: Node | null): Generator<Node> {
  for (let node = first; node; node = node.nextSibling) yield node;
}

/** Whether the element starts a line of its own; null where computed style does not say. A drop cap floats inside its word. */
function isBlockDisplay(style: CSSStyleDeclaration): boolean | null {
  if (!style.display) return null;
  const floats = style.cssFloat === 'left' || style.cssFloat === 'right';
  if (floats && style.display === 'block') return null;
  return !/^(inline|contents|ruby|none)/.test(style.display);
}

function isFormatting(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.display !== 'inline' || style.position !== 'static' || !FORMATTING.has(element.localName)) return false;
  return !NAMING_ATTRIBUTES.some((name) => element.hasAttribute(name));
}

function isAdvertisement(frame: Element): boolean {
  return /(^|[-_ ])(google_)?(ads?|advert\w*|sponsor\w*|doubleclick)([-_ ]|$)/i.test(
    `${frame.id} ${frame.className} ${frame.getAttribute('name') ?? ''} ${frame.getAttribute('title') ?? ''}`,
  );
}

/** Documents of images, framesets and broken XHTML have no body, whatever the type says. */
export function hasBody(document: Document): boolean {
  return (document.body as HTMLElement | null) !== null;
}
