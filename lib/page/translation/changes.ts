// What the page changes while it is translated, in its document and in its open shadow trees. Our own changes are not told.

const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  // Text that can be edited all at once is the reader's: the page would save our translation.
  attributes: true,
  attributeFilter: ['contenteditable', 'translate'],
};

export interface ChangeListener {
  /** The node's text or children are not what they were. */
  onChange(node: Node): void;
  /** Whether the element may be translated is not what it was. */
  onRule(element: Element): void;
  /** Taken out of the page, if they are not put in elsewhere. */
  onRemoval(nodes: NodeList): void;
}

export class Changes {
  private readonly observer: MutationObserver;

  constructor(
    view: NonNullable<Document['defaultView']>,
    private readonly listener: ChangeListener,
  ) {
    this.observer = new view.MutationObserver((records) => this.tell(records));
  }

  watch(root: Node): void {
    this.observer.observe(root, OBSERVED);
  }

  stop(): void {
    this.observer.disconnect();
  }

  /** Runs a change of ours. What the page does at once because of it (a custom element that is moved) is told nevertheless. */
  unobserved(change: () => void, isOwn: (target: Node) => boolean): void {
    this.tell(this.observer.takeRecords());
    change();
    this.tell(this.observer.takeRecords().filter(({ target }) => !isOwn(target)));
  }

  private tell(records: MutationRecord[]): void {
    for (const { type, target, removedNodes } of records) {
      if (type === 'attributes') this.listener.onRule(target as Element);
      else this.listener.onChange(target);
      if (removedNodes.length > 0) this.listener.onRemoval(removedNodes);
    }
  }
}
