// A decoder of any architecture that transformers.js knows, behind the seam of our own decoders: it knows the names and shapes of each
// one's inputs and caches. Token ids go in where ours take embeddings.
import { DynamicCache, Tensor, type PreTrainedModel } from '@huggingface/transformers';
import { AppError } from '../../errors.ts';
import type { DecoderConfig } from '../decoder.ts';
import type { DecoderSession } from '../ort/decoder-session.ts';
import { MAX_ROWS } from '../ort/step-inputs.ts';
import { outOfMemory } from './out-of-memory.ts';

/** Most tokens of one run: the graph may write logits for each. */
const MAX_TOKENS = 128;

type Cache = Record<string, Tensor>;

export class TransformersDecoderSession implements DecoderSession {
  readonly maxTokens = MAX_TOKENS;
  /** One number per token stands for its embedding: the id, which float32 holds exactly up to 2^24. */
  readonly #ids = new Float32Array(MAX_TOKENS);
  /** Of all tokens that the cache has seen. */
  #seen: number[] = [];
  #cache: Cache | null = null;

  constructor(
    private readonly model: PreTrainedModel,
    readonly config: DecoderConfig,
    readonly maxPositions: number,
    private readonly weightsBytes: number,
  ) {}

  embeddings(tokens: number): Float32Array {
    if (tokens > MAX_TOKENS) throw new RangeError(`${tokens} tokens`);
    return this.#ids.subarray(0, tokens);
  }

  get rewinds(): boolean {
    // A cache of positions has one row for each; a state of another kind (convolutions, recurrences) has none to cut off.
    return Object.values(this.#cache ?? {}).every(({ dims }) => dims.length === 4 && dims[2] === this.#seen.length);
  }

  async run(tokens: number, past: number, rows: readonly number[]): Promise<Float32Array> {
    if (rows.length > MAX_ROWS || past + tokens > this.maxPositions) {
      throw new RangeError(`${tokens} tokens after ${past}, ${rows.length} rows`);
    }
    const ids = Array.from(this.embeddings(tokens));
    this.#rewind(past);
    const first = Math.min(...rows);
    const logits = await this.#forward(ids, tokens - first);
    const [kept, size] = logits.dims.slice(-2);
    const values = logits.data as Float32Array;
    const out = new Float32Array(rows.length * size);
    for (const [i, row] of rows.entries()) {
      const at = (row - (tokens - kept)) * size;
      out.set(values.subarray(at, at + size), i * size);
    }
    return out;
  }

  /** What can be known from outside of the runtime: weights and cache. */
  memoryBytes(): number {
    const cache = Object.values(this.#cache ?? {}).reduce(
      (sum, { data }) => sum + (data as Float32Array).byteLength,
      0,
    );
    return this.weightsBytes + cache;
  }

  dispose(): void {
    this.#cache = null;
    void this.model.dispose();
  }

  /** Runs the tokens behind the cached ones; the logits [1, n, vocabulary] of the last ones, `wanted` at least. */
  async #forward(ids: readonly number[], wanted: number): Promise<Tensor> {
    const total = this.#seen.length + ids.length;
    const inputs = {
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(total).fill(1n), [1, total]),
      // Ignored by graphs that write the logits of all tokens.
      num_logits_to_keep: new Tensor('int64', [BigInt(wanted)], []),
      past_key_values: this.#cache && new DynamicCache(this.#cache),
    };
    let outputs: Cache;
    try {
      outputs = (await this.model.forward(inputs)) as Cache;
    } catch (cause) {
      throw outOfMemory(cause) ?? new AppError('internal', `transformers.js: ${String(cause)}`, { cause });
    }
    this.#cache = cacheOf(outputs);
    this.#seen = this.#seen.concat(ids);
    return outputs.logits;
  }

  #rewind(past: number): void {
    if (past === this.#seen.length) return;
    if (past > 0 && !this.rewinds) throw new RangeError(`back to ${past} of ${this.#seen.length}`);
    const cut = Object.entries(this.#cache ?? {}).map(([name, tensor]): [string, Tensor] => [
      name,
      tensor.slice(null, null, [0, past], null),
    ]);
    this.#cache = past > 0 ? Object.fromEntries(cut) : null;
    this.#seen.length = past;
  }
}

/** What the next run takes of this one's outputs, by the names of its inputs: `present.0.key`, `present_conv.0`. */
function cacheOf(outputs: Cache): Cache {
  const present = Object.entries(outputs).filter(([name]) => name.startsWith('present'));
  const pastName = (name: string) =>
    name.startsWith('present.') ? name.replace('present', 'past_key_values') : name.replace('present', 'past');
  return Object.fromEntries(present.map(([name, tensor]) => [pastName(name), tensor]));
}
