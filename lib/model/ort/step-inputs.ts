// The small inputs of a decoder step, in fixed places of the WebAssembly heap: embeddings, lengths and the rows wanted.
import { allocate, createTensor, float32View, int32View, int64View } from './heap.ts';
import type { OrtSession } from './session.ts';

/** Rows whose logits one run may ask for. */
export const MAX_ROWS = 64;

export class StepInputs {
  readonly #x: number;
  readonly #lengths: number;
  readonly #rows: number;
  readonly #fixed: number[];
  #perRun: number[] = [];

  constructor(
    private readonly session: OrtSession,
    private readonly hiddenSize: number,
    private readonly maxTokens: number,
    private readonly positions: number,
  ) {
    const { module } = session;
    this.#x = allocate(module, 4 * maxTokens * hiddenSize);
    this.#lengths = allocate(module, 8);
    this.#rows = allocate(module, 8 * MAX_ROWS);
    this.#fixed = [
      createTensor(module, 'int32', this.#lengths, [1]),
      createTensor(module, 'int32', this.#lengths + 4, []),
    ];
    session.setInput('seqlens_k', this.#fixed[0]);
    session.setInput('total', this.#fixed[1]);
  }

  embeddings(tokens: number): Float32Array {
    if (tokens > this.maxTokens) throw new RangeError(`${tokens} tokens`);
    return float32View(this.session.module, this.#x, tokens * this.hiddenSize);
  }

  /** Sets the session's inputs for one run. Throws RangeError for what has no room: the runtime would write past its memory. */
  set(tokens: number, past: number, rows: readonly number[]): void {
    if (tokens > this.maxTokens || rows.length > MAX_ROWS || past + tokens > this.positions) {
      throw new RangeError(`${tokens} tokens after ${past}, ${rows.length} rows`);
    }
    const { module } = this.session;
    int32View(module, this.#lengths, 2).set([past + tokens - 1, past + tokens]);
    int64View(module, this.#rows, rows.length).set(rows.map(BigInt));
    const x = createTensor(module, 'float32', this.#x, [1, tokens, this.hiddenSize]);
    const wanted = createTensor(module, 'int64', this.#rows, [rows.length]);
    this.#perRun = [x, wanted];
    this.session.setInput('x', x);
    this.session.setInput('rows', wanted);
  }

  release(): void {
    for (const tensor of this.#perRun) this.session.module._OrtReleaseTensor(tensor);
    this.#perRun = [];
  }

  dispose(): void {
    this.release();
    const { module } = this.session;
    for (const tensor of this.#fixed) module._OrtReleaseTensor(tensor);
    for (const pointer of [this.#x, this.#lengths, this.#rows]) module._free(pointer);
  }
}
