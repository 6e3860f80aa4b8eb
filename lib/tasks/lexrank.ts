// LexRank (Erkan and Radev, 2004): a sentence matters as much as the sentences that resemble it. Sparse, so that a book is ranked
// in a fraction of a second. Knows terms only, neither articles nor languages.

/** Cosines below this are no resemblance (the paper's threshold, and ours as measured). */
const MIN_COSINE = 0.1;
const DAMPING = 0.15;
const MAX_ROUNDS = 40;
/** Terms in more sentences than this compare nothing and would cost the square of their number. */
const MAX_POSTINGS = 120;

/** Sentences as vectors of length 1 over their terms, weighted by tf-idf within the text. */
export class TermVectors {
  private readonly vectors: { terms: Int32Array; weights: Float64Array }[];
  private readonly ids = new Map<string, number>();
  private readonly frequency: number[] = [];

  constructor(documents: readonly (readonly string[])[]) {
    const counted = documents.map((terms) => {
      const counts = new Map<number, number>();
      for (const term of terms) {
        let id = this.ids.get(term);
        if (id === undefined) this.ids.set(term, (id = this.ids.size));
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      for (const id of counts.keys()) this.frequency[id] = (this.frequency[id] ?? 0) + 1;
      return counts;
    });
    this.vectors = counted.map((counts) => this.toVector(counts, documents.length));
  }

  get size(): number {
    return this.vectors.length;
  }

  /** True where some sentence has the term. */
  has(term: string): boolean {
    return this.ids.has(term);
  }

  /** Inverse document frequency of a term, for terms that no sentence has as well. */
  idf(term: string): number {
    const id = this.ids.get(term);
    return inverseFrequency(this.size, id === undefined ? 0 : this.frequency[id]);
  }

  /** Cosine of two of the sentences. */
  cosine(a: number, b: number): number {
    return dot(this.vectors[a], this.vectors[b]);
  }

  /** Cosine of each sentence with a text that is not one of them. */
  cosinesWith(terms: readonly string[]): Float64Array {
    const counts = new Map<number, number>();
    let unknown = 0;
    for (const term of terms) {
      const id = this.ids.get(term);
      if (id === undefined) unknown += inverseFrequency(this.size, 0) ** 2;
      else counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const query = this.toVector(counts, this.size);
    let known = 0;
    for (const [id, count] of counts) known += (count * inverseFrequency(this.size, this.frequency[id])) ** 2;
    const share = known > 0 ? Math.sqrt(known / (known + unknown)) : 0;
    return Float64Array.from(this.vectors, (vector) => dot(vector, query) * share);
  }

  /** LexRank of each sentence, scaled so that the highest is 1. */
  rank(): Float64Array {
    const n = this.size;
    const edges = this.edges();
    const degree = Float64Array.from(edges, (list) => list.length + 1);
    let scores = new Float64Array(n).fill(1 / n);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = new Float64Array(n).fill(DAMPING / n);
      let moved = 0;
      for (let i = 0; i < n; i++) {
        const share = ((1 - DAMPING) * scores[i]) / degree[i];
        next[i] += share;
        for (const j of edges[i]) next[j] += share;
      }
      for (let i = 0; i < n; i++) moved += Math.abs(next[i] - scores[i]);
      scores = next;
      if (moved < 1e-6) break;
    }
    const top = scores.reduce((max, score) => Math.max(max, score), 0);
    return top > 0 ? scores.map((score) => score / top) : scores;
  }

  /** For each sentence those that resemble it, found through the terms that they share. */
  private edges(): number[][] {
    const postings: { sentence: number; weight: number }[][] = this.frequency.map(() => []);
    const edges: number[][] = this.vectors.map(() => []);
    const sums = new Float64Array(this.size);
    this.vectors.forEach(({ terms, weights }, i) => {
      const touched: number[] = [];
      for (let k = 0; k < terms.length; k++) {
        const posting = postings[terms[k]];
        for (const { sentence, weight } of posting) {
          if (sums[sentence] === 0) touched.push(sentence);
          sums[sentence] += weights[k] * weight;
        }
        if (posting.length < MAX_POSTINGS) posting.push({ sentence: i, weight: weights[k] });
      }
      for (const j of touched) {
        if (sums[j] > MIN_COSINE) {
          edges[i].push(j);
          edges[j].push(i);
        }
        sums[j] = 0;
      }
    });
    return edges;
  }

  private toVector(counts: Map<number, number>, documents: number): { terms: Int32Array; weights: Float64Array } {
    const terms = Int32Array.from(counts.keys()).sort();
    const weights = Float64Array.from(
      terms,
      (id) => (counts.get(id) ?? 0) * inverseFrequency(documents, this.frequency[id]),
    );
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    return { terms, weights: weights.map((weight) => weight / length) };
  }
}

function inverseFrequency(documents: number, frequency: number): number {
  return Math.log((documents + 1) / (frequency + 0.5));
}

function dot(a: { terms: Int32Array; weights: Float64Array }, b: { terms: Int32Array; weights: Float64Array }): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length;) {
    if (a.terms[i] === b.terms[j]) sum += a.weights[i++] * b.weights[j++];
    else if (a.terms[i] < b.terms[j]) i++;
    else j++;
  }
  return sum;
}
