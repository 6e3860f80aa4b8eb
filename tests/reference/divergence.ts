// How far one model's next-token distributions are from another's.

export interface Divergence {
  positions: number;
  /** Mean KL(reference || candidate) in nats. */
  kl: number;
  /** Share of positions whose most likely token is the same. */
  top1: number;
  /** The same where the reference's first choice is clear: its odds against the second are 1.1 to 1 or better. */
  clearTop1: number;
  /** exp of the mean negative log-likelihood of the tokens that really follow. */
  referencePerplexity: number;
  perplexity: number;
}

/** A next-token distribution less likely than this adds nothing to a mean that is read to four places. */
const NEGLIGIBLE = -20;

/** In nats. Closer choices than this turn on any rounding. */
const CLEAR_LEAD = 0.1;

/** Sums over positions; `divergence` reads off the means. */
export class DivergenceMeter {
  #positions = 0;
  #kl = 0;
  #agreements = 0;
  #clear = 0;
  #clearAgreements = 0;
  #followed = 0;
  #referenceLoss = 0;
  #loss = 0;

  /**
   * Distributions at every position of `ids`, as log-probabilities, ids.length x vocabulary. The first position is left out:
   * it is the same in every prompt of a model, and a prompt never ends there.
   */
  add(ids: number[], reference: Float32Array, candidate: Float32Array): void {
    const vocabulary = reference.length / ids.length;
    for (let position = 1; position < ids.length; position++) {
      const p = reference.subarray(position * vocabulary, (position + 1) * vocabulary);
      const q = candidate.subarray(position * vocabulary, (position + 1) * vocabulary);
      for (let token = 0; token < vocabulary; token++) {
        if (p[token] > NEGLIGIBLE) this.#kl += Math.exp(p[token]) * (p[token] - q[token]);
      }
      this.#positions += 1;
      const agrees = argmax(p) === argmax(q) ? 1 : 0;
      const clear = lead(p) >= CLEAR_LEAD ? 1 : 0;
      this.#agreements += agrees;
      this.#clear += clear;
      this.#clearAgreements += clear * agrees;
      if (position + 1 === ids.length) continue;
      this.#followed += 1;
      this.#referenceLoss -= p[ids[position + 1]];
      this.#loss -= q[ids[position + 1]];
    }
  }

  static sum(meters: DivergenceMeter[]): Divergence {
    const sum = new DivergenceMeter();
    for (const meter of meters) {
      sum.#positions += meter.#positions;
      sum.#kl += meter.#kl;
      sum.#agreements += meter.#agreements;
      sum.#clear += meter.#clear;
      sum.#clearAgreements += meter.#clearAgreements;
      sum.#followed += meter.#followed;
      sum.#referenceLoss += meter.#referenceLoss;
      sum.#loss += meter.#loss;
    }
    return sum.divergence;
  }

  get divergence(): Divergence {
    return {
      positions: this.#positions,
      kl: this.#kl / this.#positions,
      top1: this.#agreements / this.#positions,
      clearTop1: this.#clearAgreements / this.#clear,
      referencePerplexity: Math.exp(this.#referenceLoss / this.#followed),
      perplexity: Math.exp(this.#loss / this.#followed),
    };
  }
}

/** Turns logits, row by row, into log-probabilities in place. */
export function toLogProbabilities(logits: Float32Array, vocabulary: number): Float32Array {
  for (let start = 0; start < logits.length; start += vocabulary) {
    const row = logits.subarray(start, start + vocabulary);
    const greatest = row[argmax(row)];
    let sum = 0;
    for (let i = 0; i < vocabulary; i++) sum += Math.exp(row[i] - greatest);
    const shift = greatest + Math.log(sum);
    for (let i = 0; i < vocabulary; i++) row[i] -= shift;
  }
  return logits;
}

/** How far the greatest is above the second. */
function lead(values: Float32Array): number {
  let first = -Infinity;
  let second = -Infinity;
  for (const value of values) {
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return first - second;
}

export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
