// Prompt lookup: drafts the next tokens by what followed the same few tokens earlier in prompt and completion. Costs no model.
// Method: A. Saxena, "Prompt Lookup Decoding", 2023.

const LONGEST_MATCH = 3;
const SHORTEST_MATCH = 2;
/** Above any vocabulary in use, so that ids of two tokens make one exact key (three may collide: matches are compared). */
const RADIX = 2 ** 18;

export class PromptLookup {
  readonly #ids: number[] = [];
  /** For each match length: n-gram to the latest position that follows it. The n-gram at the very end is not in it yet. */
  readonly #followers = new Map<number, Map<number, number>>();

  constructor(ids: readonly number[]) {
    for (let n = SHORTEST_MATCH; n <= LONGEST_MATCH; n++) this.#followers.set(n, new Map());
    for (const id of ids) this.append(id);
  }

  append(id: number): void {
    const position = this.#ids.length;
    for (const [n, followers] of this.#followers) {
      if (position >= n) followers.set(this.#key(position - n, n), position);
    }
    this.#ids.push(id);
  }

  /** At most `limit` tokens that followed the latest, longest earlier match of the last tokens; often none. */
  draft(limit: number): number[] {
    for (let n = LONGEST_MATCH; n >= SHORTEST_MATCH; n--) {
      const start = this.#ids.length - n;
      if (start < 0) continue;
      const follower = this.#followers.get(n)?.get(this.#key(start, n));
      if (follower !== undefined && this.#equal(start, follower - n, n)) {
        return this.#ids.slice(follower, follower + limit);
      }
    }
    return [];
  }

  #key(start: number, length: number): number {
    let key = 0;
    for (let i = 0; i < length; i++) key = key * RADIX + this.#ids[start + i];
    return key;
  }

  #equal(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#ids[a + i] !== this.#ids[b + i]) return false;
    return true;
  }
}
