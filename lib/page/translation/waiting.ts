// The passages that nobody was asked about yet, in the order in which a reader wants them.

import type { NearView } from './near-view.ts';
import type { Passage } from './passage.ts';

export class Waiting {
  private readonly passages = new Set<Passage>();
  /** Also of those that are being asked about. */
  private readonly byBox = new Map<Element, Set<Passage>>();

  /** @param all Also what is not near the window is wanted. */
  constructor(
    private readonly view: NearView,
    private readonly all: boolean,
  ) {}

  add(passage: Passage): void {
    this.passages.add(passage);
    const inBox = this.byBox.get(passage.box);
    if (inBox) inBox.add(passage);
    else {
      this.byBox.set(passage.box, new Set([passage]));
      this.view.watch(passage.box);
    }
  }

  /** It is being asked about, and may come back: where it stands stays known. */
  take(passage: Passage): void {
    this.passages.delete(passage);
  }

  delete(passage: Passage): void {
    this.passages.delete(passage);
    const inBox = this.byBox.get(passage.box);
    if (!inBox?.delete(passage) || inBox.size > 0) return;
    this.byBox.delete(passage.box);
    this.view.unwatch(passage.box);
  }

  /** None is wanted for now. */
  get isEmpty(): boolean {
    if (this.all) return this.passages.size === 0;
    return this.within(this.view.ahead).length === 0 && this.within(this.view.behind).length === 0;
  }

  /** On screen, then near it, then the rest of the page: each as they were found. */
  *inOrder(): Generator<Passage> {
    yield* this.within(this.view.onScreen);
    // Until all is known, what seems to be next may be far from what is.
    if (!this.view.isSettled) return;
    yield* this.within(this.view.ahead);
    yield* this.within(this.view.behind);
    if (this.all) yield* inPageOrder(this.passages);
  }

  private within(boxes: ReadonlySet<Element>): Passage[] {
    const inBoxes = [...boxes].flatMap((box) => [...(this.byBox.get(box) ?? [])]);
    return inPageOrder(inBoxes.filter((passage) => this.passages.has(passage)));
  }
}

function inPageOrder(passages: Iterable<Passage>): Passage[] {
  return [...passages].sort((a, b) => a.order - b.order);
}
