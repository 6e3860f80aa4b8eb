// Hunks on top of hunks: what a second reader proposes for a text that a first has corrected, as hunks of the original.
import { inOrder } from './diff.ts';
import type { Edit } from './diff.ts';

/** Those of `later`, hunks of the text that `earlier` makes, that touch none of `earlier`: at their places in the original. */
export function inOriginal<E extends Edit>(later: readonly E[], earlier: readonly Edit[]): E[] {
  const made = inOrder(earlier);
  return later.flatMap((hunk) => {
    let shift = 0;
    for (const { start, end, replacement } of made) {
      const from = start + shift;
      const to = from + replacement.length;
      if (hunk.end < from) break;
      if (hunk.start <= to) return [];
      shift += replacement.length - (end - start);
    }
    return [{ ...hunk, start: hunk.start - shift, end: hunk.end - shift }];
  });
}
