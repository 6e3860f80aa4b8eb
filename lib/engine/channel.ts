// A queue from something that calls back to something that iterates: one writer side, one reader. Knows nothing of tasks.

export class Channel<T> implements AsyncIterable<T> {
  private readonly values: T[] = [];
  private end: { error?: unknown } | undefined;
  private wake: (() => void) | undefined;

  push(value: T): void {
    if (this.end) return;
    this.values.push(value);
    this.wake?.();
  }

  /** The reader gets what was pushed before, then the end, or the error where one is given. The first end counts. */
  close(...error: [] | [unknown]): void {
    this.end ??= error.length ? { error: error[0] } : {};
    this.wake?.();
  }

  /** The reader gets the error next, whatever was waiting, and even after `close`. */
  abort(error: unknown): void {
    this.values.length = 0;
    this.end = { error };
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      while (this.values.length > 0) yield this.values.shift()!;
      if (this.end) {
        if ('error' in this.end) throw this.end.error;
        return;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
  }
}
