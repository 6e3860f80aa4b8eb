// Chooses the next token from a row of logits. Knows no model.
import type { Sampling } from '../language-model.ts';
import { mulberry32 } from './random.ts';

/** Candidates this much less likely than the best (by natural logarithm, after temperature) are never drawn: p < 1e-10. */
const NEGLIGIBLE = 24;

/**
 * Order as in transformers: repetition penalty, temperature, top-k, top-p, min-p. Without a temperature (or with 0) the most likely
 * token, so the same seed, prompt and logits always give the same text.
 */
export class Sampler {
  readonly #sampling: Sampling;
  readonly #random: () => number;
  readonly #seen = new Set<number>();

  constructor(sampling: Sampling = {}) {
    this.#sampling = sampling;
    this.#random = mulberry32(sampling.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]);
  }

  /** Tokens of the prompt or completion, for the repetition penalty. */
  observe(ids: Iterable<number>): void {
    if (this.#penalty === 1) return;
    for (const id of ids) this.#seen.add(id);
  }

  /** The chosen id. Changes `logits` in place. */
  pick(logits: Float32Array): number {
    if (this.#penalty !== 1) penalize(logits, this.#seen, this.#penalty);
    const best = argmax(logits);
    const { temperature = 0, topK, topP, minP } = this.#sampling;
    if (temperature <= 0) return best;

    const floor = logits[best] - NEGLIGIBLE * temperature;
    let ids: number[] = [];
    for (let id = 0; id < logits.length; id++) if (logits[id] >= floor) ids.push(id);
    ids.sort((a, b) => logits[b] - logits[a] || a - b);
    if (topK) ids = ids.slice(0, topK);
    const weights = ids.map((id) => Math.exp((logits[id] - logits[best]) / temperature));
    let kept = topP === undefined ? weights.length : nucleus(weights, topP);
    if (minP !== undefined) kept = Math.min(kept, weights.filter((weight) => weight >= minP).length);
    return ids[draw(weights, Math.max(1, kept), this.#random())];
  }

  get #penalty(): number {
    return this.#sampling.repetitionPenalty ?? 1;
  }
}

/** Index of the largest value, the first of equals. */
export function argmax(values: Float32Array): number {
  let best = 0;
  let largest = values[0];
  for (let i = 1; i < values.length; i++) {
    if (values[i] > largest) {
      largest = values[i];
      best = i;
    }
  }
  return best;
}

/** Keskar et al. 2019 (CTRL), section 4.1. */
function penalize(logits: Float32Array, ids: Iterable<number>, penalty: number): void {
  for (const id of ids) logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
}

/** How many of the sorted weights it takes to reach the share `topP` (Holtzman et al. 2020). */
function nucleus(weights: number[], topP: number): number {
  let left = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let count = 0;
  while (count < weights.length && left > 0) left -= weights[count++];
  return count;
}

/** The index in the first `count` weights that `random` in [0, 1) falls on. */
function draw(weights: number[], count: number, random: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i];
  let left = random * total;
  for (let i = 0; i < count - 1; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return count - 1;
}
