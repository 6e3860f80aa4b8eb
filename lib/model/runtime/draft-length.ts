// How many tokens to draft: whatever gains most, by the share of drafts accepted and the time that runs took so far.

/** Drafts worth considering. Short: a longer one costs more to verify than its last tokens bring. */
const LENGTHS = [0, 3, 7];
/** Cost of verifying, relative to one token, until measured (ONNX Runtime on WebAssembly: 1.0-1.6 for 4, 1.7-2.4 for 8). */
const ASSUMED_COST = new Map([
  [0, 1],
  [3, 1.3],
  [7, 2],
]);
/** Weight of the newest observation. */
const WEIGHT = 0.2;
/** While drafting does not pay, one draft is tried after this many tokens, so that copied passages are noticed. */
const RETRY_TOKENS = 24;

export class DraftLength {
  #acceptance = 0.5;
  readonly #costMs = new Map<number, number>();
  #tokensWithout = 0;

  /** Most tokens to draft now; 0 for a plain step. */
  next(): number {
    if (!this.#costMs.has(0)) return 0; // what drafts are compared with
    const best = LENGTHS.reduce((a, b) => (this.#tokensPerCost(b) > this.#tokensPerCost(a) ? b : a));
    if (best > 0) return best;
    return this.#tokensWithout >= RETRY_TOKENS ? LENGTHS[1] : 0;
  }

  /** After a run that verified `drafted` tokens of which `accepted` held. */
  observe(drafted: number, accepted: number, ms: number): void {
    if (drafted === 0) this.#tokensWithout++;
    else {
      this.#tokensWithout = 0;
      const tried = Math.min(drafted, accepted + 1);
      for (let i = 0; i < tried; i++) this.#acceptance += WEIGHT * ((i < accepted ? 1 : 0) - this.#acceptance);
    }
    if (!LENGTHS.includes(drafted)) return; // a draft cut short by the end of the text it came from
    const known = this.#costMs.get(drafted);
    this.#costMs.set(drafted, known === undefined ? ms : known + WEIGHT * (ms - known));
  }

  #tokensPerCost(length: number): number {
    const p = Math.min(this.#acceptance, 0.99);
    const tokens = (1 - p ** (length + 1)) / (1 - p);
    return tokens / this.#cost(length);
  }

  #cost(length: number): number {
    const single = this.#costMs.get(0);
    const measured = this.#costMs.get(length);
    return single !== undefined && measured !== undefined ? measured / single : (ASSUMED_COST.get(length) ?? Infinity);
  }
}
