// Ends a request when the reader does, or when the server is silent for too long, and tells the two apart.

export class Deadline {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Silent for too long: by so many milliseconds. */
  passedMs = 0;

  constructor(private readonly asked: AbortSignal) {
    if (asked.aborted) this.controller.abort();
    asked.addEventListener('abort', this.abort);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The next sign is due in `ms`. */
  expectWithin(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.passedMs = ms;
      this.abort();
    }, ms);
  }

  /** Ends what is still under way, too: a reply that nobody reads is not written on. */
  end(): void {
    clearTimeout(this.timer);
    this.asked.removeEventListener('abort', this.abort);
    this.abort();
  }

  private readonly abort = () => this.controller.abort();
}
