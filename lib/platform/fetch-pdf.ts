// Fetches the file of a PDF that a tab shows, from the tab's own address, where the reader allows the site. Nothing is sent but what the
// browser itself sent for it.
import { browser } from 'wxt/browser';
import { AppError, throwIfAborted } from '../errors.ts';

export const MAX_PDF_BYTES = 100_000_000;
/** Where a file's mark may stand. */
const MARK_WITHIN_BYTES = 1024;

/**
 * The bytes of the PDF at an address.
 * @throws AppError `pdf-local`, `permission-needed`, `pdf-not-fetched`, `pdf-is-page`, `pdf-too-large`, `aborted`.
 */
export async function fetchPdf(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'file:') throw new AppError('pdf-local');
  if (protocol !== 'https:' && protocol !== 'http:') throw new AppError('restricted-page', protocol);
  // The extension's own policy (wxt.config.ts).
  const isHere = hostname === 'localhost' || hostname === '127.0.0.1';
  if (protocol === 'http:' && !isHere) throw new AppError('pdf-not-fetched', 'only over https');
  if (!(await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }))) {
    throw new AppError('permission-needed', 'to fetch the PDF');
  }
  const response = await fetch(url, { credentials: 'include', signal }).catch((cause: unknown) => {
    throwIfAborted(signal);
    throw new AppError('pdf-not-fetched', '', { cause });
  });
  if (!response.ok) throw new AppError('pdf-not-fetched', `the server answered ${response.status}`);
  const bytes = await readBody(response, signal);
  if (!isPdf(bytes)) throw new AppError('pdf-is-page', response.headers.get('content-type') ?? '');
  return bytes;
}

export function isPdf(bytes: ArrayBuffer): boolean {
  const start = new Uint8Array(bytes, 0, Math.min(MARK_WITHIN_BYTES, bytes.byteLength));
  return String.fromCharCode(...start).includes('%PDF-');
}

async function readBody(response: Response, signal: AbortSignal): Promise<ArrayBuffer> {
  const tooLarge = () => new AppError('pdf-too-large');
  if (Number(response.headers.get('content-length')) > MAX_PDF_BYTES) throw tooLarge();
  const reader = response.body!.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      total += part.value.byteLength;
      if (total > MAX_PDF_BYTES) throw tooLarge();
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throwIfAborted(signal);
    throw cause instanceof AppError ? cause : new AppError('pdf-not-fetched', 'the answer was cut', { cause });
  }
  return new Blob(parts).arrayBuffer();
}
