// One at a time, in the order of asking.
import { AppError, throwIfAborted } from '../errors.ts';

export class Queue {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves when all that came before have released; to be released once. Rejects at once with `aborted`. */
  enter(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal);
      const before = this.tail;
      this.tail = new Promise((release) => {
        const abort = () => {
          reject(new AppError('aborted'));
          // The place is kept until its turn, so that those behind it do not overtake those before it.
          void before.then(release);
        };
        signal.addEventListener('abort', abort, { once: true });
        void before.then(() => {
          signal.removeEventListener('abort', abort);
          resolve(release);
        });
      });
    });
  }
}
