// Which elements are on the reader's screen, and which are near it. Nothing is measured by us: the browser tells.

type View = NonNullable<Document['defaultView']>;

/** A little above the window, and two windows below it. */
const NEAR_MARGIN = '50% 0px 200% 0px';
/** Browsers tell nothing of frames that they do not render. */
const UNSEEN_AFTER_MS = 150;

export class NearView {
  /** Resolves when it is known what is on screen, or when nothing seems to be. */
  readonly isKnown: Promise<void>;
  readonly onScreen = new Set<Element>();
  readonly near = new Set<Element>();
  private readonly observers: IntersectionObserver[];
  private readonly absent = new WeakSet<Element>();

  /** @param onNear Something came near. @param onAppear It came near and had no box when it was given to `await`. */
  constructor(
    view: View,
    private readonly onNear: () => void,
    private readonly onAppear: (element: Element) => void,
  ) {
    let setKnown!: () => void;
    this.isKnown = new Promise((resolve) => (setKnown = resolve));
    view.setTimeout(setKnown, UNSEEN_AFTER_MS);
    this.observers = [
      new view.IntersectionObserver((entries) => this.update(this.onScreen, entries)),
      new view.IntersectionObserver(
        (entries) => {
          this.update(this.near, entries);
          setKnown();
        },
        { rootMargin: NEAR_MARGIN },
      ),
    ];
  }

  watch(element: Element): void {
    for (const observer of this.observers) observer.observe(element);
  }

  /** Tells once when the element, which has no box, has one near the window. */
  await(element: Element): void {
    this.absent.add(element);
    this.observers[1].observe(element);
  }

  unwatch(element: Element): void {
    for (const observer of this.observers) observer.unobserve(element);
    this.onScreen.delete(element);
    this.near.delete(element);
  }

  stop(): void {
    for (const observer of this.observers) observer.disconnect();
  }

  private update(set: Set<Element>, entries: IntersectionObserverEntry[]): void {
    let came = false;
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) {
        set.delete(target);
      } else if (this.absent.has(target)) {
        this.absent.delete(target);
        this.observers[1].unobserve(target);
        this.onAppear(target);
      } else {
        set.add(target);
        came = true;
      }
    }
    if (came) this.onNear();
  }
}
