// Hashes of files. SHA-256 of what need not fit in memory, or comes piece by piece: WebCrypto takes nothing but the whole.
import { sha256 } from '@noble/hashes/sha2.js';
import { throwIfAborted } from '../../errors.ts';

const PIECE_BYTES = 4 << 20;

/** The SHA-256 of a file that comes in pieces, some of them perhaps from an earlier time. */
export class StreamedHash {
  private hash = sha256.create();
  /** Hashed so far. */
  bytes = 0;

  /** Makes ready for what comes behind `stored` (null: behind nothing): of that, what has not been hashed here is read. Throws `aborted`. */
  async continueAfter(
    stored: Blob | null,
    signal: AbortSignal,
    onProgress?: (readBytes: number) => void,
  ): Promise<void> {
    if (stored?.size === this.bytes) return;
    this.hash = sha256.create();
    this.bytes = 0;
    for (let at = 0; stored && at < stored.size; at += PIECE_BYTES) {
      throwIfAborted(signal);
      this.update(new Uint8Array(await stored.slice(at, at + PIECE_BYTES).arrayBuffer()));
      onProgress?.(this.bytes);
    }
  }

  update(piece: Uint8Array): void {
    this.hash.update(piece);
    this.bytes += piece.length;
  }

  /** In hexadecimal. More may follow. */
  digest(): string {
    return toHex(this.hash.clone().digest());
  }
}

/** In hexadecimal. `onProgress` is told the bytes read so far. Throws `aborted`. */
export async function hashBlob(
  blob: Blob,
  signal: AbortSignal,
  onProgress?: (readBytes: number) => void,
): Promise<string> {
  const hash = new StreamedHash();
  await hash.continueAfter(blob, signal, onProgress);
  return hash.digest();
}

/** What git names a file of that content by: for small ones, as all of it is in memory. In hexadecimal. */
export async function gitSha1(blob: Blob): Promise<string> {
  const object = await new Blob([`blob ${blob.size}\0`, blob]).arrayBuffer();
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-1', object)));
}

export function toHex(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
