// Notices that a small model has fallen into a loop.

const MAX_PERIOD_TOKENS = 64;
const MIN_REPEATED_TOKENS = 24;
const MIN_REPEATS = 3;

/**
 * True when the ids end in one sequence of at most 64 tokens over and over: at least three times beyond the first, and over at
 * least 24 tokens. Text with a reason to repeat (a list, a table) varies within that.
 */
export function endsInLoop(ids: readonly number[]): boolean {
  for (let period = 1; period <= MAX_PERIOD_TOKENS; period++) {
    const needed = Math.max(MIN_REPEATED_TOKENS, MIN_REPEATS * period);
    if (ids.length < needed + period) break;
    let matched = 0;
    while (matched < needed && ids[ids.length - 1 - matched] === ids[ids.length - 1 - matched - period]) matched++;
    if (matched === needed) return true;
  }
  return false;
}
