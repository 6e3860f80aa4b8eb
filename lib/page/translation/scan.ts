// Reads one block of the page: its runs of inline content, and what has to be read by itself. Never changes the page.

import type { Flow } from './display.ts';
import { flowOf, isFilled, spacesOf } from './display.ts';
import type { Atom, Inline, InlineChild, Run, Spaces } from './inline-run.ts';
import { hasLetters } from './inline-run.ts';
import type { Languages } from './left-alone.ts';
import { isIcon, isLeftAlone, isUnseen } from './left-alone.ts';
import { elementOf } from './tree.ts';

export interface BlockContent {
  runs: Run[];
  /** Inside, with lines of their own: blocks, widgets, shadow trees. In the order of the page. */
  blocks: (Element | ShadowRoot)[];
  /** Without a box by now. */
  absent: Element[];
  /** Translated never, nor what is in them. */
  alone: Element[];
  /** May get a shadow tree later. */
  undefinedElements: Element[];
}

interface Level {
  children: InlineChild[];
  next: Node | null;
  spaces: Spaces;
  /** Null for the block itself. */
  inline: Inline | null;
}

type KnownFlows = WeakMap<Element, 'block' | 'widget'>;

const TEXT_NODE = 3;
const ELEMENT_NODE = 1;
const SILENT = new Set(
  'sup textarea svg canvas video audio object iframe select meter progress picture map rt rtc'.split(' '),
);
/** Nodes read between two looks at the clock. */
const NODES_PER_STEP = 50;

/** Reads blocks, and remembers what it found out about the elements in them. */
export class BlockScanner {
  /** Reading style is dear: what starts a line or stands in one as a whole is not asked again. */
  private readonly known: KnownFlows = new WeakMap();

  constructor(private readonly languages: Languages) {}

  /** Yields now and then, so that a long block can be read in several tasks: then the page may have changed in between. */
  scan(block: Element | ShadowRoot): Generator<void, BlockContent> {
    return new Scan(block, this.languages, this.known).run();
  }

  forget(element: Element): void {
    this.known.delete(element);
  }
}

class Scan {
  private readonly content: BlockContent = { runs: [], blocks: [], absent: [], alone: [], undefinedElements: [] };
  private readonly view: Window;
  /** The block, then the inline elements that are being read. */
  private readonly levels: Level[];

  constructor(
    private readonly block: Element | ShadowRoot,
    private readonly languages: Languages,
    private readonly known: KnownFlows,
  ) {
    this.view = block.ownerDocument.defaultView as Window;
    const styled = elementOf(block);
    const spaces = spacesOf(this.view.getComputedStyle(styled));
    this.levels = [{ children: [], next: block.firstChild, spaces, inline: null }];
  }

  *run(): Generator<void, BlockContent> {
    for (let count = 1; ; count++) {
      const level = this.levels.at(-1)!;
      const node = level.next;
      if (node) {
        level.next = node.nextSibling;
        if (node.nodeType === ELEMENT_NODE) this.read(node as Element, level);
        else if (node.nodeType === TEXT_NODE) {
          level.children.push({ kind: 'text', node: node as Text, spaces: level.spaces });
        }
      } else if (level.inline) this.leave(level.inline);
      else break;
      if (count % NODES_PER_STEP === 0) yield;
    }
    this.endRun();
    return this.content;
  }

  private read(element: Element, level: Level): void {
    if (isUnseen(element)) return;
    const known = this.known.get(element);
    if (element.localName === 'br') level.children.push(atomOf(element, false));
    else if (known === 'block') this.addBlock(element);
    else if (known === 'widget') this.addWidget(element, level);
    else this.readStyled(element, level);
  }

  private readStyled(element: Element, level: Level): void {
    const style = this.view.getComputedStyle(element);
    const flow = flowOf(element, style);
    if (flow === 'absent') {
      this.content.absent.push(element);
    } else if (isLeftAlone(element, this.languages) || isIcon(style)) {
      this.content.alone.push(element);
      if (flow === 'block') this.addBlock(null);
      else level.children.push(atomOf(element, !isIcon(style) && saysSomething(element)));
    } else {
      this.readText(element, style, flow, level);
    }
  }

  private readText(element: Element, style: CSSStyleDeclaration, flow: Flow, level: Level): void {
    if (element.shadowRoot) this.content.blocks.push(element.shadowRoot);
    else if (element.localName.includes('-') && !element.matches(':defined'))
      this.content.undefinedElements.push(element);
    if (flow === 'block') this.addBlock(element);
    else if (flow === 'widget') this.addWidget(element, level);
    else {
      const inline: Inline = { kind: 'inline', element, children: [], id: -1, isFilled: isFilled(style) };
      this.levels.push({ children: inline.children, next: element.firstChild, spaces: spacesOf(style), inline });
    }
  }

  private leave(inline: Inline): void {
    this.levels.pop();
    const says = inline.children.some((child) =>
      child.kind === 'text' ? /\S/.test(child.node.data) : child.kind === 'inline' || child.hasText || child.isBreak,
    );
    this.levels.at(-1)!.children.push(says ? inline : atomOf(inline.element, false));
  }

  private addWidget(element: Element, level: Level): void {
    this.known.set(element, 'widget');
    this.content.blocks.push(element);
    level.children.push(atomOf(element, false));
  }

  /** Ends the line. Inside inline elements the outermost of them is read as a block by itself; null for no block. */
  private addBlock(element: Element | null): void {
    const inlines = this.levels.splice(1).map(({ inline }) => inline!.element);
    const block = inlines.at(0) ?? element;
    for (const each of inlines) this.known.set(each, 'block');
    if (element) this.known.set(element, 'block');
    if (block) this.content.blocks.push(block);
    this.endRun();
  }

  private endRun(): void {
    const [level] = this.levels;
    const run: Run = { kind: 'run', parent: this.block, children: level.children };
    if (hasLetters(run)) this.content.runs.push(run);
    level.children = [];
  }
}

function atomOf(element: Element, hasText: boolean): Atom {
  const isBreak = element.localName === 'br';
  return { kind: 'atom', element, id: -1, isBreak, hasText, spaceBefore: false, spaceAfter: false };
}

/** Code and names are part of a sentence; a footnote's number is not, nor what stands in a field or a picture. */
function saysSomething(element: Element): boolean {
  return !SILENT.has(element.localName) && /\S/.test(element.textContent);
}
