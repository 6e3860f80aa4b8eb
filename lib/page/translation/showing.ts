// Shows translations in the page, as the mode wants it, and takes them out again.

import type { PageTranslationMode } from '../../requests.ts';
import { directionOf } from './direction.ts';
import type { Changes } from './changes.ts';
import { PageStyle } from './page-style.ts';
import type { Passage } from './passage.ts';
import { setAttribute } from './set-attribute.ts';
import { showBeside } from './show-beside.ts';
import { showInstead } from './show-instead.ts';
import { isShadowRoot } from './tree.ts';

export class Showing {
  private mode: PageTranslationMode = 'bilingual';
  private readonly style: PageStyle;
  private readonly direction: 'ltr' | 'rtl';
  /** Most pages run one way, and so do most translations of them: only else is each block asked. */
  private readonly mayTurn: boolean;

  private undoLanguage: (() => void) | null = null;

  constructor(
    private readonly root: Element,
    private readonly language: string,
    private readonly changes: Changes,
  ) {
    this.style = new PageStyle(root.ownerDocument);
    this.direction = directionOf(language);
    this.mayTurn = this.direction !== getComputedStyle(root).direction || this.direction === 'rtl';
  }

  /** For the translations that are shown from now on. */
  setMode(mode: PageTranslationMode): void {
    this.mode = mode;
    this.undoLanguage?.();
    this.undoLanguage = null;
  }

  /** False where the page has changed the passage since it was read. */
  show(passage: Passage): boolean {
    const { translation, run, original, lineEnd } = passage;
    const place = this.mode === 'replace' || passage.isLabel ? 'instead' : 'beside';
    if (!translation || passage.shown?.place === place) return true;
    this.takeOut(passage);
    if (!run.parent.isConnected || !original.holds()) return false;
    const isSame = translation.text === passage.source.text;
    this.changes.unobserved(
      () => {
        if (isSame) return;
        passage.shown =
          place === 'beside'
            ? showBeside(run, lineEnd, original, translation, this.language, this.direction)
            : showInstead(run, original, translation, this.turned(run.parent));
      },
      (target) => passage.shown?.owns(target) ?? false,
    );
    // Speech, hyphens and fonts go by it.
    if (this.mode === 'replace') this.undoLanguage ??= setAttribute(this.root, 'lang', this.language);
    this.markKept(passage);
    return passage.shown?.isIntact() ?? true;
  }

  /** The passage is as the page made it, but for what the page has changed since. */
  takeOut(passage: Passage): void {
    this.style.unmarkKept(passage.kept);
    passage.kept = [];
    const { shown } = passage;
    if (!shown) return;
    passage.shown = null;
    this.changes.unobserved(
      () => shown.undo(),
      (target) => shown.owns(target),
    );
  }

  stop(): void {
    this.undoLanguage?.();
    this.style.remove();
  }

  private markKept({ translation, shown, original, run, kept: marked }: Passage): void {
    if (!translation) return;
    const tree = run.parent.getRootNode();
    if (shown?.place === 'beside' || translation.kept.length > 0) this.style.adoptIn(tree);
    const whole = translation.kept.length > 0 ? original.range() : null;
    const ranges = shown ? translation.kept.map(({ start, end }) => shown.rangeOf(start, end)) : [whole];
    marked.push(...ranges.filter((range) => range !== null));
    this.style.markKept(marked);
  }

  private turned(parent: Element | ShadowRoot): 'ltr' | 'rtl' | null {
    if (!this.mayTurn || isShadowRoot(parent)) return null;
    return getComputedStyle(parent).direction === this.direction ? null : this.direction;
  }
}
