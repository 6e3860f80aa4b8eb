// When a block that the page has changed is read again: soon, but the later the more often it happens.

type View = NonNullable<Document['defaultView']>;

const FIRST_DELAY_MS = 60;
const MAX_DELAY_MS = 2_000;
const GROWTH = 1.4;
/** A block that is left alone so long is taken for quiet. */
const CALM_MS = 10_000;

interface Pace {
  times: number;
  lastMs: number;
}

export class Due<T extends WeakKey> {
  private readonly dueMs = new Map<T, number>();
  private readonly paces = new WeakMap<T, Pace>();
  private timer = 0;
  private timerMs = Infinity;

  /** @param onDue There is something to take. */
  constructor(
    private readonly view: View,
    private readonly onDue: () => void,
  ) {}

  add(item: T): void {
    if (this.dueMs.has(item)) return;
    const now = performance.now();
    const pace = this.paces.get(item);
    const times = pace && now - pace.lastMs < CALM_MS ? pace.times : 0;
    this.paces.set(item, { times: times + 1, lastMs: now });
    const dueMs = now + Math.min(FIRST_DELAY_MS * GROWTH ** times, MAX_DELAY_MS);
    this.dueMs.set(item, dueMs);
    this.arm(dueMs);
  }

  /** One whose time has come. */
  take(): T | null {
    const now = performance.now();
    for (const [item, dueMs] of this.dueMs) {
      if (dueMs > now) continue;
      this.dueMs.delete(item);
      return item;
    }
    if (this.dueMs.size > 0) this.arm([...this.dueMs.values()].reduce((a, b) => Math.min(a, b)));
    return null;
  }

  stop(): void {
    this.view.clearTimeout(this.timer);
    this.timerMs = Infinity;
    this.dueMs.clear();
  }

  private arm(dueMs: number): void {
    if (dueMs >= this.timerMs) return;
    this.view.clearTimeout(this.timer);
    this.timerMs = dueMs;
    this.timer = this.view.setTimeout(
      () => {
        this.timerMs = Infinity;
        this.onDue();
      },
      Math.max(dueMs - performance.now(), 0),
    );
  }
}
