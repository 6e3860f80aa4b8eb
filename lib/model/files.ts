// The model files of the package, read by URL and checked before first use.
import { AppError, isAbort } from '../errors.ts';
import type { ModelFile } from './catalog.ts';

export interface FileSource {
  /** The folder that holds `models/`; ends in a slash. */
  assetsUrl: string;
  signal: AbortSignal;
  /** Bytes read so far. */
  onProgress?: (loadedBytes: number) => void;
  fetch?: (url: string, init: { signal: AbortSignal }) => Promise<Response>;
}

/** The file's bytes, not yet checked but for their number. Throws `load-failed`, `model-corrupt`, `aborted`. */
export async function readModelFile(file: ModelFile, source: FileSource): Promise<Uint8Array<ArrayBuffer>> {
  const { assetsUrl, signal, onProgress, fetch: fetchFile = fetch } = source;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetchFile(`${assetsUrl}models/${file.name}`, { signal });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    // Where nobody asks how far it is, the browser puts the parts together, beside this thread.
    if (onProgress) bytes = await join(file, response.body, onProgress);
    else bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (isAbort(cause)) throw new AppError('aborted');
    throw cause instanceof AppError ? cause : new AppError('load-failed', `${file.name}: ${String(cause)}`, { cause });
  }
  if (bytes.length > file.bytes) throw tooLong(file);
  if (bytes.length < file.bytes) throw new AppError('model-corrupt', `${file.name} ends after ${bytes.length} bytes`);
  return bytes;
}

/** Throws `model-corrupt` unless the bytes have the file's SHA-256. */
export async function verifyModelFile(file: ModelFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if ((await sha256(bytes)) !== file.sha256) throw new AppError('model-corrupt', `${file.name}: SHA-256 differs`);
}

/** In hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function join(
  file: ModelFile,
  body: ReadableStream<Uint8Array>,
  onProgress: (loadedBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  let loaded = 0;
  for await (const chunk of chunks(body)) {
    if (loaded + chunk.length > file.bytes) throw tooLong(file);
    bytes.set(chunk, loaded);
    loaded += chunk.length;
    onProgress(loaded);
  }
  return bytes.subarray(0, loaded);
}

function tooLong(file: ModelFile): AppError {
  return new AppError('model-corrupt', `${file.name} is too long`);
}

async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
