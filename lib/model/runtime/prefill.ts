// Runs a prompt through the decoder in chunks, between which a stop is heard.
import { throwIfAborted } from '../../errors.ts';
import { MAX_ROWS } from '../ort/step-inputs.ts';
import type { CachedDecoder } from './cached-decoder.ts';
import { macrotask } from './macrotask.ts';

/** A run cannot be stopped midway, so a chunk should not take longer. */
const CHUNK_MS = 500;
const SMALLEST_CHUNK = 16;
const FIRST_CHUNK = 64;

export interface Chunk {
  /** Tokens of `ids` in the cache now. */
  done: number;
  /** Positions whose logits were asked for: [first, first + rows), and their logits, valid until the next chunk is awaited. */
  first: number;
  rows: number;
  logits: Float32Array;
}

/**
 * Runs the part of `ids` that the cache does not hold. The chunks carry the logits of all positions from `firstWanted` on, which
 * are therefore run again even where cached. Throws `aborted` between chunks.
 */
export async function* prefill(
  decoder: CachedDecoder,
  ids: readonly number[],
  firstWanted: number,
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  let done = decoder.reuse(ids, firstWanted);
  while (done < ids.length) {
    await macrotask();
    throwIfAborted(signal);
    const end = Math.min(ids.length, done + chunkTokens(decoder), Math.max(done, firstWanted) + MAX_ROWS);
    const first = Math.max(done, firstWanted);
    // The graph wants one row at least.
    const rows = first < end ? Array.from({ length: end - first }, (_, i) => first + i - done) : [end - done - 1];
    const logits = await decoder.run(ids.slice(done, end), rows);
    done = end;
    yield { done, first, rows: Math.max(0, end - first), logits };
  }
}

function chunkTokens(decoder: CachedDecoder): number {
  const most = decoder.session.maxTokens;
  const tokens = decoder.tokensPerMs === 0 ? FIRST_CHUNK : decoder.tokensPerMs * CHUNK_MS;
  return Math.min(most, Math.max(SMALLEST_CHUNK, Math.floor(tokens / SMALLEST_CHUNK) * SMALLEST_CHUNK));
}
