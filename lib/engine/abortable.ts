// Waiting that can end early: by the reader, or by a deadline. The work waited for goes on by itself.
import { AppError } from '../errors.ts';

/** The promise's outcome, or `aborted` at once when the signal fires. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new AppError('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The promise's outcome, or `timed-out` with `what` as its detail. */
export function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AppError('timed-out', what)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
