// A decoder session together with the token ids that its KV cache holds: what is already there is not run again.
import { AppError } from '../../errors.ts';
import type { BuiltDecoder } from '../decoder.ts';
import type { DecoderSession } from '../ort/decoder-session.ts';

export class CachedDecoder {
  #ids: number[] = [];
  #failure: AppError | null = null;
  /** Of the latest runs of many tokens; 0 until measured. */
  tokensPerMs = 0;

  constructor(
    readonly session: DecoderSession,
    private readonly embed: BuiltDecoder['embed'],
  ) {}

  /** Tokens in the cache. */
  get length(): number {
    return this.#ids.length;
  }

  /** Keeps of the cache what `ids` begins with, at most `limit` tokens, and returns how many those are. */
  reuse(ids: readonly number[], limit: number): number {
    const most = Math.min(ids.length, limit, this.#ids.length);
    let shared = 0;
    while (shared < most && ids[shared] === this.#ids[shared]) shared++;
    if (shared < this.#ids.length && this.session.rewinds === false) shared = 0;
    this.truncate(shared);
    return shared;
  }

  /** Takes back the tokens from `length` on. */
  truncate(length: number): void {
    this.#ids.length = Math.min(length, this.#ids.length);
  }

  /**
   * Runs `ids` after the cached tokens and caches them. Returns the logits of the given rows of `ids`, one row after another,
   * valid until the next run. After a failed run every later one fails alike: a session must not run again then.
   */
  async run(ids: readonly number[], rows: readonly number[]): Promise<Float32Array> {
    if (this.#failure !== null) throw this.#failure;
    const past = this.#ids.length;
    try {
      this.embed(ids, this.session.embeddings(ids.length));
      const startMs = performance.now();
      const logits = await this.session.run(ids.length, past, rows);
      if (ids.length >= 16) this.tokensPerMs = ids.length / (performance.now() - startMs);
      for (const id of ids) this.#ids.push(id);
      return logits;
    } catch (error) {
      this.#failure = error instanceof AppError ? error : new AppError('internal', String(error), { cause: error });
      throw this.#failure;
    }
  }

  dispose(): void {
    this.#failure ??= new AppError('internal', 'disposed');
    this.session.dispose();
  }
}
