// One request to a server of the reader's choice, and what its refusals mean. Of an error's body only its code words are read: a
// server may repeat in its message the text that it was sent.
import { AppError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Deadline } from './deadline.ts';
import { hostOf, type Server } from './server.ts';

export type ServerAccess = Pick<Server, 'address' | 'key'>;

export interface Ask {
  /** Appended to the server's address. */
  path: '/models' | '/chat/completions';
  /** Sent as JSON by POST; absent: GET. */
  body?: object;
  deadline: Deadline;
}

/** An error body is small, or not worth reading. */
const MAX_ERROR_CHARACTERS = 100_000;
const TOO_LONG = /context_length|context_size|context_window|too_long|prompt_too/i;

/** An answer that says that all is well. Throws `aborted`, or a code of a server (lib/errors.ts). */
export async function ask(server: ServerAccess, { path, body, deadline }: Ask): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(server.address + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
      body: body && JSON.stringify(body),
      signal: deadline.signal,
      // The text goes to the host that the reader chose, and to no other.
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  } catch (cause) {
    throw silence(server, deadline) ?? failure(server, 'server-unreachable', '', cause);
  }
  if (response.ok) return response;
  const words = await codeWords(response).catch(() => '');
  throw failure(server, codeOf(response.status, path, words), [`HTTP ${response.status}`, words].join(' ').trim());
}

/** An error that begins with the server's host, so that it can be named to the reader. */
export function failure(server: ServerAccess, code: ErrorCode, detail = '', cause?: unknown): AppError {
  return new AppError(code, [hostOf(server), detail && `(${detail})`].filter(Boolean).join(' '), { cause });
}

/** What to throw where the request has ended because of its deadline or its reader. */
export function silence(server: ServerAccess, { passedMs, signal }: Deadline): AppError | null {
  if (passedMs > 0) return failure(server, 'server-unreachable', `silent for ${passedMs / 1000} s`);
  return signal.aborted ? new AppError('aborted') : null;
}

/** What an error that came in the midst of an answer means. */
export function codeOfError(error: unknown): { code: ErrorCode; words: string } {
  const words = wordsOf(error);
  return { code: TOO_LONG.test(words) ? 'input-too-long' : 'server-failed', words };
}

function codeOf(status: number, path: Ask['path'], words: string): ErrorCode {
  if (status === 401 || status === 403) return 'server-refused';
  if (status === 404 && path === '/chat/completions') return 'server-without-model';
  // 503: llama.cpp's and vLLM's while they load their model.
  if (status === 429 || status === 503) return 'server-busy';
  if (status === 413 || TOO_LONG.test(words)) return 'input-too-long';
  return 'server-failed';
}

async function codeWords(response: Response): Promise<string> {
  const text = await response.text();
  return text.length > MAX_ERROR_CHARACTERS ? '' : wordsOf((JSON.parse(text) as { error?: unknown }).error);
}

/** `code` and `type` of an error, where they are words of a program. */
function wordsOf(error: unknown): string {
  const { code, type } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return [code, type].filter((word) => typeof word === 'string' && /^[\w.-]{1,60}$/.test(word)).join(' ');
}
