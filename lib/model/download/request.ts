// How anything is asked for over HTTP: with a deadline for every piece, and every way of failing told apart. Knows no server.
import { AppError } from '../../errors.ts';

/** How long a server may say nothing. */
export const STALL_MS = 20_000;

export interface Connection {
  signal: AbortSignal;
  fetch?: typeof fetch;
  stallMs?: number;
  /** How long a network that has gone away in the middle is first waited for; each time twice as long. */
  reconnectMs?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Throws `Cut` or `aborted`. */
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Instead of iterating. */
  cancel(): Promise<void>;
}

/** The connection ended before the answer did. What came is good, so far as it goes. */
export class Cut extends Error {}

/** The browser has no answer, or one that it may not show: across origins it does not tell which. */
export class Refused extends AppError {
  constructor(url: string, cause: unknown) {
    super('offline', `${url}: no answer`, { cause });
  }
}

/** The server has no such file. */
export class Missing extends AppError {
  constructor(url: string) {
    super('download-failed', `${url} is not there`);
  }
}

/** The server asks to be asked later. */
export class Busy extends AppError {
  constructor(
    url: string,
    status: number,
    /** Null where it does not say when, or too late to wait for. */
    readonly waitMs: number | null,
  ) {
    super('download-failed', `${url}: too busy (status ${status})`);
  }
}

/**
 * Answers of the kinds 2xx and 416. Throws `offline` where nobody answers, `download-failed` for an error or for a web page in place
 * of the file (what the sign-in page of a hotel says to everything), `Missing`, `Busy`, `aborted`.
 */
export async function request(url: string, headers: Record<string, string>, connection: Connection): Promise<Answer> {
  const { signal, fetch: fetchUrl = fetch, stallMs = STALL_MS } = connection;
  const deadline = new Deadline(stallMs);
  let response: Response;
  try {
    response = await fetchUrl(url, {
      headers,
      signal: AbortSignal.any([signal, deadline.signal]),
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch (cause) {
    deadline.end();
    if (signal.aborted) throw new AppError('aborted');
    throw deadline.signal.aborted ? new AppError('offline', `${url}: silent`, { cause }) : new Refused(url, cause);
  }
  const cancel = async () => {
    deadline.end();
    await response.body?.cancel().catch(() => undefined);
  };
  const error = refusal(url, response);
  if (error) {
    await cancel();
    throw error;
  }
  return { status: response.status, headers: response.headers, chunks: chunks(response, signal, deadline), cancel };
}

function refusal(url: string, { ok, status, headers }: Response): AppError | null {
  if (status === 404 || status === 410) return new Missing(url);
  if (status === 429 || status === 503) return new Busy(url, status, waitOf(headers));
  if (!ok && status !== 416) return new AppError('download-failed', `${url}: status ${status}`);
  if (ok && headers.get('content-type')?.startsWith('text/html')) {
    return new AppError('download-failed', `${url}: a web page in place of the file`);
  }
  return null;
}

const LONGEST_WAIT_MS = 30_000;

function waitOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return seconds >= 0 && seconds * 1000 <= LONGEST_WAIT_MS ? seconds * 1000 : null;
}

/** Rejects with `aborted` when the signal fires first. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(new AppError('aborted'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** As `pause`, but over at once when the browser says that there is a network again. */
export async function reconnection(ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const online = new Promise<void>((resolve) => {
    (globalThis as Partial<EventTarget>).addEventListener?.('online', () => resolve(), {
      once: true,
      signal: over.signal,
    });
  });
  const end = AbortSignal.any([signal, over.signal]);
  try {
    await Promise.race([online, pause(ms, end)]);
  } finally {
    over.abort();
  }
}

async function* chunks(
  response: Response,
  signal: AbortSignal,
  deadline: Deadline,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const next = await reader?.read().catch((cause: unknown) => {
        throw signal.aborted ? new AppError('aborted') : new Cut(`${response.url}: the connection was cut`, { cause });
      });
      if (!next || next.done) return;
      deadline.extend();
      yield next.value;
    }
  } finally {
    deadline.end();
    await reader?.cancel().catch(() => undefined);
  }
}

/** Fires when nothing has come for a time. */
class Deadline {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ms: number) {
    this.extend();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  extend(): void {
    this.end();
    this.timer = setTimeout(() => this.controller.abort(), this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

/** A document of at most `maxBytes`; null where it is longer. Throws as `request` does. */
export async function requestBlob(url: string, maxBytes: number, connection: Connection): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    for await (const chunk of (await request(url, {}, connection)).chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) return null;
      parts.push(chunk);
    }
    return new Blob(parts);
  } catch (error) {
    if (error instanceof Cut) throw new AppError('download-failed', error.message, { cause: error });
    throw error;
  }
}

/** The same as JSON; null where it is none. */
export async function requestJson(url: string, maxBytes: number, connection: Connection): Promise<unknown> {
  const blob = await requestBlob(url, maxBytes, connection);
  try {
    return blob && (JSON.parse(await blob.text()) as unknown);
  } catch {
    return null;
  }
}
