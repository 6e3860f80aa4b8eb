// Finds a captured text again in a text that may have changed around it. Pure.

export interface Captured {
  /** All of the text that it was part of. */
  whole: string;
  start: number;
  end: number;
}

/** Where it stands now; null where it has changed, or is not the only one of its kind any more. */
export function findAgain({ whole, start, end }: Captured, now: string): number | null {
  if (now === whole) return start;
  const text = whole.slice(start, end);
  const only = (within: string) => within.indexOf(text) === within.lastIndexOf(text);
  const at = now.indexOf(text);
  return at >= 0 && only(now) && only(whole) ? at : null;
}
