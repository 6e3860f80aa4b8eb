// The inline content that is translated as one text: a tree over the page's own nodes, which stay where they are.

/** How white space shows, by CSS `white-space`: as single spaces, with its line breaks, or as it is. */
export type Spaces = 'collapse' | 'lines' | 'keep';

export interface TextLeaf {
  kind: 'text';
  node: Text;
  spaces: Spaces;
}

/** An element with text of its own: a link, a bold run. */
export interface Inline {
  kind: 'inline';
  element: Element;
  children: InlineChild[];
  /** Of its mark. */
  id: number;
  /** Has a background of its own, which its text may need to be read. */
  isFilled: boolean;
}

/** What stands in the line as one thing: an image, a form control, code. */
export interface Atom {
  kind: 'atom';
  element: Element;
  id: number;
  isBreak: boolean;
  /** It says something (code, a name that is not translated): its place in the sentence matters. */
  hasText: boolean;
  /** White space that the text needs not show twice: the translation may set only one of the two. */
  spaceBefore: boolean;
  spaceAfter: boolean;
}

export type InlineChild = TextLeaf | Inline | Atom;
export type Marked = Inline | Atom;

/** Neighbouring children of `parent`, from the first to the last node of `children`. */
export interface Run {
  kind: 'run';
  parent: Element | ShadowRoot;
  children: InlineChild[];
}

export function nodeOf(child: InlineChild): Text | Element {
  return child.kind === 'text' ? child.node : child.element;
}

export function isMarked(child: InlineChild): child is Marked {
  return child.kind !== 'text';
}

/** All in the run, each before what is in it. */
export function* descendants(run: Run): Generator<InlineChild> {
  const stack = run.children.toReversed();
  for (let child = stack.pop(); child; child = stack.pop()) {
    yield child;
    if (child.kind === 'inline') for (let at = child.children.length - 1; at >= 0; at--) stack.push(child.children[at]);
  }
}

/** Letters of some script: what has none says the same in every language. */
export function hasLetters(run: Run): boolean {
  for (const child of descendants(run)) if (child.kind === 'text' && /\p{L}/u.test(child.node.data)) return true;
  return false;
}
