// Which elements are on the reader's screen, and which are near it. Nothing is measured by us: the browser tells.

type View = NonNullable<Document['defaultView']>;

/** A little above the window, and two windows below it. */
const NEAR_MARGIN = '50% 0px 200% 0px';
/** Browsers tell nothing of documents that they do not render. */
const BLIND_AFTER_MS = 150;

export class NearView {
  readonly onScreen = new Set<Element>();
  /** Near the window, on screen or not: beneath its upper edge when they came near. */
  readonly ahead = new Set<Element>();
  /** Near the window, above it when they came near. */
  readonly behind = new Set<Element>();
  private readonly observers: IntersectionObserver[];
  /** Watched, and nothing was told of them yet. */
  private readonly untold = new Set<Element>();
  private readonly absent = new WeakSet<Element>();
  private isBlind = false;
  private blindTimer = 0;
  /** More is going to be watched. */
  isReading = true;

  /** @param onNews Something came near, or all is known. @param onAppear It came near and had no box when it was given to `await`. */
  constructor(
    private readonly view: View,
    private readonly onNews: () => void,
    private readonly onAppear: (element: Element) => void,
  ) {
    this.observers = [
      new view.IntersectionObserver((entries) => this.updateOnScreen(entries)),
      new view.IntersectionObserver((entries) => this.updateNear(entries), { rootMargin: NEAR_MARGIN }),
    ];
  }

  /** Of all that is watched it is known whether it is near, or will never be. */
  get isSettled(): boolean {
    return !this.isReading && (this.isBlind || this.untold.size === 0);
  }

  watch(element: Element): void {
    this.untold.add(element);
    for (const observer of this.observers) observer.observe(element);
    this.blindTimer ||= this.view.setTimeout(() => {
      this.blindTimer = 0;
      if (this.untold.size === 0) return;
      this.isBlind = true;
      this.onNews();
    }, BLIND_AFTER_MS);
  }

  /** Tells once when the element, which has no box, has one near the window. */
  await(element: Element): void {
    this.absent.add(element);
    this.observers[1].observe(element);
  }

  unwatch(element: Element): void {
    for (const observer of this.observers) observer.unobserve(element);
    this.untold.delete(element);
    for (const set of [this.onScreen, this.ahead, this.behind]) set.delete(element);
  }

  stop(): void {
    this.view.clearTimeout(this.blindTimer);
    for (const observer of this.observers) observer.disconnect();
  }

  private updateOnScreen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.onScreen.add(target);
      else this.onScreen.delete(target);
    }
    this.onNews();
  }

  private updateNear(entries: IntersectionObserverEntry[]): void {
    this.isBlind = false;
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      this.untold.delete(target);
      this.ahead.delete(target);
      this.behind.delete(target);
      if (!isIntersecting) continue;
      if (this.absent.delete(target)) {
        this.observers[1].unobserve(target);
        this.onAppear(target);
      } else if (boundingClientRect.bottom > 0) this.ahead.add(target);
      else this.behind.add(target);
    }
    this.onNews();
  }
}
