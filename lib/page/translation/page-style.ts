// How translations look: one constructed style sheet on the document and on each shadow tree that has some. No element, no
// attribute: nothing of it is in the page's markup, and no content security policy is asked.

import { OWN_TAG } from './own-tag.ts';

const HIGHLIGHT_NAME = 'inkling-kept';
/** Seen on light and dark pages. The page's own rules for what is in a paragraph are not meant for us. */
const CSS_TEXT = `
${OWN_TAG} { all: unset !important; display: block !important; margin-block: 0.35em 0.2em !important;
  padding-inline-start: 0.6em !important; border-inline-start: 1px solid rgb(88 118 240) !important; text-indent: 0 !important; }
::highlight(${HIGHLIGHT_NAME}) { text-decoration: underline dotted 2px rgb(170 120 20); }`;

type Root = Document | ShadowRoot;
type View = NonNullable<Document['defaultView']>;

export class PageStyle {
  private readonly sheet: CSSStyleSheet;
  private readonly roots = new Set<Root>();
  private readonly kept: Highlight | null;
  private readonly view: View;

  constructor(document: Document) {
    this.view = document.defaultView!;
    this.sheet = new this.view.CSSStyleSheet();
    this.sheet.replaceSync(CSS_TEXT);
    this.kept = 'highlights' in this.view.CSS ? new this.view.Highlight() : null;
    if (this.kept) this.view.CSS.highlights.set(HIGHLIGHT_NAME, this.kept);
  }

  /** Once for each tree; again where the page has set its own sheets since. */
  adoptIn(root: Node): void {
    const tree = root as Root;
    if (tree.adoptedStyleSheets.includes(this.sheet)) return;
    tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, this.sheet];
    this.roots.add(tree);
  }

  /** Underlines what was left in the original. */
  markKept(ranges: readonly StaticRange[]): void {
    for (const range of ranges) this.kept?.add(range);
  }

  unmarkKept(ranges: readonly StaticRange[]): void {
    for (const range of ranges) this.kept?.delete(range);
  }

  remove(): void {
    for (const root of this.roots)
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    this.roots.clear();
    if (this.kept) this.view.CSS.highlights.delete(HIGHLIGHT_NAME);
  }
}
