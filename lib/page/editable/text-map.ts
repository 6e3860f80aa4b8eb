// The text of an editor as the reader sees it, and where each of its characters lies in the page's tree: offsets of the one are points
// of the other. Reads layout (what is a block, what is shown); changes nothing.

export interface Point {
  node: Node;
  offset: number;
}

/** A character: where it lies, and what it looks like. */
export interface Character extends Point {
  /** Its formatting: characters of one element look alike. An island is one thing. */
  format: Element;
  /** The paragraph, item, cell it stands in. */
  block: Element;
  /** Not editable by itself: a mention, an embedded thing. Its characters come and go together. */
  island: Element | null;
  /** block: the end of a paragraph. line: a break within one. Null for all other characters. */
  breaks: 'block' | 'line' | null;
}

export interface TextMap {
  /** With \n between paragraphs and lines. */
  readonly text: string;
  /** Of each UTF-16 unit of the text. Where a \n has no character of its own in the page, it lies where the next line begins. */
  readonly characters: readonly Character[];
  /** Images and the like, by the offset before which they stand, ascending. They have no text. */
  readonly objects: readonly number[];
  /** Where text goes into a line that has none, by the line's offset. */
  readonly emptyLines: ReadonlyMap<number, Point>;
}

const OBJECTS = new Set([
  'img',
  'video',
  'audio',
  'canvas',
  'svg',
  'iframe',
  'object',
  'embed',
  'input',
  'select',
  'hr',
]);
const UNSEEN = new Set(['script', 'style', 'template', 'textarea', 'noscript']);
/** Characters that editors put where the caret could not go otherwise: never the writer's. */
const FILLER = /[\ufeff]|\u2060{7}/g;

export function readTextMap(root: Element): TextMap {
  const reader = new Reader(root);
  reader.readChildren(root, { format: root, block: root, island: null });
  return reader.finish();
}

type Inside = Pick<Character, 'format' | 'block' | 'island'>;

class Reader {
  private text = '';
  private readonly characters: Character[] = [];
  private readonly objects: number[] = [];
  private readonly emptyLines = new Map<number, Point>();
  private readonly view: Window;
  /** Something stands on the current line. */
  private used = false;
  /** What comes next begins a new line. */
  private pending: 'block' | 'line' | null = null;
  /** A collapsible space that is shown only if something follows on its line. */
  private space: Character | null = null;

  constructor(root: Element) {
    this.view = root.ownerDocument.defaultView!;
  }

  readChildren(parent: Element, inside: Inside): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) this.readText(child as Text, inside);
      else if (child.nodeType === 1) this.readElement(child as HTMLElement, inside);
    }
  }

  finish(): TextMap {
    const { text, characters, objects, emptyLines } = this;
    return { text, characters, objects, emptyLines };
  }

  private readElement(element: HTMLElement, inside: Inside): void {
    const name = element.localName;
    if (element.hasAttribute('data-slate-zero-width')) return this.readZeroWidth(element, inside);
    if (name === 'br') return this.readBreak(element, inside);
    if (UNSEEN.has(name)) return;
    const { display, visibility } = this.view.getComputedStyle(element);
    if (display === 'none' || visibility === 'hidden') return;
    if (OBJECTS.has(name)) return this.addObject(element, inside);
    const isBlock = !/^(inline|contents|ruby)/.test(display);
    const island = inside.island ?? (element.isContentEditable ? null : element);
    const block = isBlock && !island ? element : inside.block;
    if (isBlock) this.endBlock();
    const before = this.text.length;
    this.readChildren(element, { format: island ?? element, block, island });
    if (island === element && this.text.length === before && !this.space) this.addObject(element, inside);
    if (isBlock) this.endBlock();
  }

  /** Slate's place for the caret in what has no text; an empty paragraph's has a break. */
  private readZeroWidth(element: Element, inside: Inside): void {
    const lineBreak = element.querySelector('br');
    if (lineBreak) this.readBreak(lineBreak, inside);
  }

  private readText(node: Text, inside: Inside): void {
    const style = this.view.getComputedStyle(node.parentElement!);
    const keepsSpaces = /^(pre|pre-wrap|break-spaces)$/.test(style.whiteSpace);
    const keepsLines = keepsSpaces || style.whiteSpace === 'pre-line';
    const data = node.data.replace(FILLER, (filler) => '\0'.repeat(filler.length));
    for (let offset = 0; offset < data.length; offset++) {
      const unit = data[offset];
      const character: Character = { ...inside, node, offset, breaks: null };
      if (unit === '\0') continue;
      if (unit === '\n' && keepsLines) this.breakLine(character);
      else if (!keepsSpaces && /[ \t\n\r\f]/.test(unit)) this.space ??= this.isSpaceShown() ? character : null;
      else this.add(unit, character);
    }
  }

  private isSpaceShown(): boolean {
    return this.used && this.pending === null && !this.text.endsWith('\n');
  }

  private add(unit: string, character: Character): void {
    this.flush(character);
    if (this.space) this.put(' ', this.space);
    this.space = null;
    this.put(unit, character);
    this.used = true;
  }

  private put(unit: string, character: Character): void {
    this.text += unit;
    this.characters.push(character);
  }

  private addObject(element: Element, inside: Inside): void {
    this.flush({ ...inside, ...pointBefore(element), breaks: null });
    if (this.space) this.put(' ', this.space);
    this.space = null;
    this.objects.push(this.text.length);
    this.used = true;
  }

  /** A line break of the text itself. */
  private breakLine(character: Character): void {
    this.flush(character);
    this.space = null;
    this.noteEmptyLine(character);
    this.pending = 'line';
    this.used = true;
  }

  private readBreak(element: Element, inside: Inside): void {
    this.breakLine({ ...inside, ...pointBefore(element), breaks: null });
  }

  private endBlock(): void {
    this.space = null;
    // The break at the end of a block is not seen: it only gives an empty one its height.
    if (this.used) this.pending = 'block';
  }

  /** Begins the line that is due, at `next`. */
  private flush(next: Character): void {
    if (!this.pending) return;
    this.put('\n', { ...next, island: null, breaks: this.pending });
    this.pending = null;
    this.used = false;
    this.space = null;
  }

  private noteEmptyLine({ node, offset }: Character): void {
    if (this.text === '' || this.text.endsWith('\n')) this.emptyLines.set(this.text.length, { node, offset });
  }
}

function pointBefore(node: Node): Point {
  return { node: node.parentNode!, offset: [...node.parentNode!.childNodes].indexOf(node as ChildNode) };
}
