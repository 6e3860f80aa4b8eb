// Which part of a plain text the caret means when nothing is selected. Pure.

export interface TextSpan {
  start: number;
  end: number;
}

/** The paragraph at an offset: up to the blank lines around it, without the white space at its ends. Null on a blank line. */
export function paragraphAt(text: string, offset: number): TextSpan | null {
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  const blankBefore = [...before.matchAll(/\n[^\S\n]*(?=\n)/g)].at(-1);
  const start = blankBefore ? blankBefore.index + blankBefore[0].length : 0;
  // The line break that ends the line of the caret may begin the blank line.
  const blankAfter = /\n[^\S\n]*(\n|$)/.exec(after);
  return trimmed(text, { start, end: blankAfter ? offset + blankAfter.index : text.length });
}

/** Without the white space at its ends; null where nothing else is there. */
export function trimmed(text: string, { start, end }: TextSpan): TextSpan | null {
  const inside = text.slice(start, end);
  const length = inside.trim().length;
  if (length === 0) return null;
  const lead = inside.length - inside.trimStart().length;
  return { start: start + lead, end: start + lead + length };
}
