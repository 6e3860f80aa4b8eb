// Hashes of files. SHA-256 of what need not fit in memory: WebCrypto takes nothing but the whole.
import { sha256 } from '@noble/hashes/sha2.js';
import { throwIfAborted } from '../../errors.ts';

const PIECE_BYTES = 4 << 20;

/** In hexadecimal. `onProgress` is told the bytes read so far. Throws `aborted`. */
export async function hashBlob(
  blob: Blob,
  signal: AbortSignal,
  onProgress?: (readBytes: number) => void,
): Promise<string> {
  const hash = sha256.create();
  for (let at = 0; at < blob.size; at += PIECE_BYTES) {
    throwIfAborted(signal);
    hash.update(new Uint8Array(await blob.slice(at, at + PIECE_BYTES).arrayBuffer()));
    onProgress?.(Math.min(at + PIECE_BYTES, blob.size));
  }
  return toHex(hash.digest());
}

/** What git names a file of that content by: for small ones, as all of it is in memory. In hexadecimal. */
export async function gitSha1(blob: Blob): Promise<string> {
  const object = await new Blob([`blob ${blob.size}\0`, blob]).arrayBuffer();
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-1', object)));
}

export function toHex(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
