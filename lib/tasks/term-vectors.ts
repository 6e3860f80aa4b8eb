// Sentences as tf-idf vectors over one text: how alike two are, and how much of the text's own subject each has.
// Knows terms only, neither articles nor languages.

interface Vector {
  /** Term ids, rising. */
  terms: Int32Array;
  /** Of length 1 as a whole. */
  weights: Float64Array;
}

export class TermVectors {
  private readonly vectors: Vector[];
  /** How many there are. */
  private readonly sentences: number;
  private readonly ids = new Map<string, number>();
  /** Sentences that have the term, by id. */
  private readonly frequency: number[] = [];
  /** How often the whole text has it, by id: ids are numbers from 0. */
  private readonly counts = new Map<number, number>();

  constructor(sentences: readonly (readonly string[])[]) {
    this.sentences = sentences.length;
    const counted = sentences.map((terms) => {
      const counts = new Map<number, number>();
      for (const term of terms) {
        let id = this.ids.get(term);
        if (id === undefined) this.ids.set(term, (id = this.ids.size));
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      for (const [id, count] of counts) {
        this.frequency[id] = (this.frequency[id] ?? 0) + 1;
        this.counts.set(id, (this.counts.get(id) ?? 0) + count);
      }
      return counts;
    });
    this.vectors = counted.map((counts) => this.vectorOf(counts));
  }

  /** True where some sentence has the term. */
  has(term: string): boolean {
    return this.ids.has(term);
  }

  /** How rare a term is among the sentences: high for one that none has. */
  idf(term: string): number {
    const id = this.ids.get(term);
    return this.inverseFrequency(id === undefined ? 0 : this.frequency[id]);
  }

  /** Cosine of two of the sentences. */
  cosine(a: number, b: number): number {
    return dot(this.vectors[a], this.vectors[b]);
  }

  /** Cosine of each sentence with another text. Terms that no sentence has count against it. */
  cosinesWith(terms: readonly string[]): Float64Array {
    const counts = new Map<number, number>();
    let unknown = 0;
    for (const term of terms) {
      const id = this.ids.get(term);
      if (id === undefined) unknown += this.inverseFrequency(0) ** 2;
      else counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    let known = 0;
    for (const [id, count] of counts) known += (count * this.inverseFrequency(this.frequency[id])) ** 2;
    return this.cosinesWithVector(this.vectorOf(counts), known > 0 ? Math.sqrt(known / (known + unknown)) : 0);
  }

  /** Cosine of each sentence with the whole text (the centroid), scaled so that the highest is 1. */
  centrality(): Float64Array {
    const cosines = this.cosinesWithVector(this.vectorOf(this.counts), 1);
    const top = cosines.reduce((max, value) => Math.max(max, value), 0);
    return top > 0 ? cosines.map((value) => value / top) : cosines;
  }

  private cosinesWithVector(vector: Vector, share: number): Float64Array {
    const query = this.dense(vector);
    return Float64Array.from(this.vectors, (own) => dotDense(own, query) * share);
  }

  private dense({ terms, weights }: Vector): Float64Array {
    const dense = new Float64Array(this.ids.size);
    terms.forEach((term, k) => (dense[term] = weights[k]));
    return dense;
  }

  private vectorOf(counts: Map<number, number>): Vector {
    // Plain loops: this is half of the time that a long page takes, and typed arrays from iterators are ten times slower.
    const terms = new Int32Array(counts.size);
    let k = 0;
    for (const id of counts.keys()) terms[k++] = id;
    terms.sort();
    const weights = new Float64Array(terms.length);
    let squares = 0;
    for (k = 0; k < terms.length; k++) {
      const weight = (counts.get(terms[k]) ?? 0) * this.inverseFrequency(this.frequency[terms[k]]);
      weights[k] = weight;
      squares += weight * weight;
    }
    const length = Math.sqrt(squares) || 1;
    for (k = 0; k < weights.length; k++) weights[k] /= length;
    return { terms, weights };
  }

  private inverseFrequency(frequency: number): number {
    return Math.log((this.sentences + 1) / (frequency + 0.5));
  }
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length;) {
    if (a.terms[i] === b.terms[j]) sum += a.weights[i++] * b.weights[j++];
    else if (a.terms[i] < b.terms[j]) i++;
    else j++;
  }
  return sum;
}

function dotDense({ terms, weights }: Vector, dense: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += weights[k] * dense[terms[k]];
  return sum;
}
