// SentencePiece's unigram model: the most likely way to cut a word into pieces of a vocabulary. Knows no spaces.
// https://github.com/google/sentencepiece/blob/master/src/unigram_model.cc (Viterbi)

/** How much less likely a character that has no piece is than the least likely piece: a difference of log probabilities. */
const UNKNOWN_PENALTY = 10;

export class Unigram {
  #longest = 0;
  #unknownScore = 0;

  /** `ids` of the pieces, and by id their log probabilities. */
  constructor(
    private readonly ids: ReadonlyMap<string, number>,
    private readonly scores: readonly number[],
  ) {
    for (const [piece, id] of ids) {
      this.#longest = Math.max(this.#longest, piece.length);
      this.#unknownScore = Math.min(this.#unknownScore, scores[id] - UNKNOWN_PENALTY);
    }
  }

  /** The pieces of a well-formed string, in order; a character that has no piece is one of its own. */
  encode(word: string): string[] {
    /** Of the best way to each place: its score, and where its last piece begins. */
    const best = new Float64Array(word.length + 1).fill(-Infinity);
    const begins = new Uint32Array(word.length + 1);
    best[0] = 0;
    const offer = (start: number, end: number, score: number) => {
      if (best[start] + score > best[end]) [best[end], begins[end]] = [best[start] + score, start];
    };
    for (let start = 0; start < word.length;) {
      const next = start + (word.codePointAt(start)! > 0xffff ? 2 : 1);
      for (let end = next; end <= word.length && end - start <= this.#longest; end++) {
        const id = this.ids.get(word.slice(start, end));
        if (id !== undefined) offer(start, end, this.scores[id]);
        else if (end === next) offer(start, end, this.#unknownScore);
      }
      start = next;
    }
    const pieces: string[] = [];
    for (let end = word.length; end > 0; end = begins[end]) pieces.push(word.slice(begins[end], end));
    return pieces.reverse();
  }
}
