// The one error class that users can meet, its closed set of codes, and its form on the wire.
// Codes are chosen by the phase that threw, never by reading another library's message.

export const ERROR_CODES = [
  'aborted', // the reader stopped it, or its consumer went away
  'no-content', // nothing readable on this page
  'restricted-page', // the browser forbids extensions here
  'permission-needed', // the reader has not let Inkling read this site yet
  'pdf-local', // a PDF on the reader's own disk, where the extension may not look
  'pdf-not-fetched', // the PDF in the tab could not be fetched
  'pdf-is-page', // what the PDF's address gave is no PDF
  'pdf-locked', // protected by a password
  'pdf-without-text', // images of pages
  'pdf-broken', // damaged, or no PDF at all
  'pdf-too-large',
  'transcript-closed', // a video whose transcript is not in its page
  'stale-page', // the page was loaded before Inkling was installed or updated, or has navigated away
  'unsupported', // this device or browser cannot run it
  'no-such-pair', // no model translates between these languages; detail: 'from-to'
  'pack-missing', // it can be downloaded, and the reader has not yet; detail: 'from-to'
  'needs-model', // what is asked for needs a model that composes, and the chosen one does not
  'offline', // nothing answers where a model would be downloaded from
  'download-failed',
  'storage-full',
  'model-corrupt', // the model's bytes are not what they should be
  'model-damaged', // a downloaded model, or one of the reader's, was not what it was, and has been removed
  'load-failed',
  'model-off', // loading it has brought the browser down too often; off until the reader turns it on
  'out-of-memory',
  'wrong-numbers', // a device computes something else than the model's weights say
  'device-lost',
  'timed-out', // the worker went silent and was ended
  'input-too-long',
  // Of a server that the reader chose; the detail begins with its host, so that it can be named.
  'server-unreachable', // nothing answers there, or not in time
  'server-refused', // the key is wrong, or it takes no requests from extensions
  'server-without-model', // it does not have the chosen model
  'server-busy', // too many requests, or out of quota
  'server-failed', // it says that it cannot
  'server-garbled', // its answer is none, or was cut
  'model-missing', // the model or server that was chosen for the task is no longer there
  'browser-model-failed', // the browser's own model gave no answer
  'host-gone', // the other end of a port closed before the task was done
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** `detail` is for logs and the "details" disclosure; it never holds text of the page. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail = '',
    options?: { cause?: unknown },
  ) {
    super(detail ? `${code}: ${detail}` : code, options);
    this.name = 'AppError';
  }
}

export interface WireError {
  code: ErrorCode;
  detail: string;
}

/** Any thrown value as plain JSON. What is not an AppError (or an abort) is a bug: `internal`. */
export function toWire(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, detail: error.detail };
  if (isAbort(error)) return { code: 'aborted', detail: '' };
  return { code: 'internal', detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}

/** The AppError that `toWire` described. Unknown codes (a newer peer) become `internal`. */
export function fromWire({ code, detail }: { code: string; detail: string }): AppError {
  const known = ERROR_CODES.find((each) => each === code);
  return known ? new AppError(known, detail) : new AppError('internal', `${code}: ${detail}`);
}

/** True for an AbortSignal's own reason and for our `aborted`. */
export function isAbort(error: unknown): boolean {
  return error instanceof AppError ? error.code === 'aborted' : error instanceof Error && error.name === 'AbortError';
}

/** Throws `aborted` once the signal has fired: the check between two steps of work. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('aborted');
}
