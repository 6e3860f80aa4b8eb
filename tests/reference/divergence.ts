// How far one model's next-token distributions are from another's.

export interface Divergence {
  positions: number;
  /** Mean KL(reference || candidate) in nats. */
  kl: number;
  /** Share of positions whose most likely token is the same. */
  top1: number;
  /** exp of the mean negative log-likelihood of the tokens that really follow. */
  referencePerplexity: number;
  perplexity: number;
}

/** Sums over texts; `divergence` reads off the means. */
export class DivergenceMeter {
  #positions = 0;
  #kl = 0;
  #agreements = 0;
  #followed = 0;
  #referenceLoss = 0;
  #loss = 0;

  /** Logits at every position of `ids`, from both models, ids.length x vocabulary. */
  add(ids: number[], reference: Float32Array, candidate: Float32Array): void {
    const vocabulary = reference.length / ids.length;
    for (let position = 0; position < ids.length; position++) {
      const p = logProbabilities(reference.subarray(position * vocabulary, (position + 1) * vocabulary));
      const q = logProbabilities(candidate.subarray(position * vocabulary, (position + 1) * vocabulary));
      let kl = 0;
      for (let token = 0; token < vocabulary; token++) kl += Math.exp(p[token]) * (p[token] - q[token]);
      this.#positions += 1;
      this.#kl += kl;
      this.#agreements += argmax(p) === argmax(q) ? 1 : 0;
      if (position + 1 === ids.length) continue;
      this.#followed += 1;
      this.#referenceLoss -= p[ids[position + 1]];
      this.#loss -= q[ids[position + 1]];
    }
  }

  get divergence(): Divergence {
    return {
      positions: this.#positions,
      kl: this.#kl / this.#positions,
      top1: this.#agreements / this.#positions,
      referencePerplexity: Math.exp(this.#referenceLoss / this.#followed),
      perplexity: Math.exp(this.#loss / this.#followed),
    };
  }
}

export function logProbabilities(logits: Float32Array): Float64Array {
  let greatest = -Infinity;
  for (const logit of logits) if (logit > greatest) greatest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - greatest);
  const shift = greatest + Math.log(sum);
  const out = new Float64Array(logits.length);
  for (let i = 0; i < logits.length; i++) out[i] = logits[i] - shift;
  return out;
}

export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
