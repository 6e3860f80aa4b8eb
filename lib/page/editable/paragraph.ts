// Which part of a plain text the caret means when nothing is selected. Pure.

export interface TextSpan {
  start: number;
  end: number;
}

/** The paragraph at an offset: the lines around it up to blank ones, without the white space at its ends. Null on a blank line. */
export function paragraphAt(text: string, offset: number): TextSpan | null {
  const lines = linesOf(text);
  const isBlank = (index: number) => index < 0 || index >= lines.length || trimmed(text, lines[index]) === null;
  const at = lines.findIndex(({ end }) => offset <= end);
  if (isBlank(at)) return null;
  let [first, last] = [at, at];
  while (!isBlank(first - 1)) first -= 1;
  while (!isBlank(last + 1)) last += 1;
  return trimmed(text, { start: lines[first].start, end: lines[last].end });
}

/** Without the white space at its ends; null where nothing else is there. */
export function trimmed(text: string, { start, end }: TextSpan): TextSpan | null {
  const inside = text.slice(start, end);
  const length = inside.trim().length;
  if (length === 0) return null;
  const lead = inside.length - inside.trimStart().length;
  return { start: start + lead, end: start + lead + length };
}

function linesOf(text: string): TextSpan[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const span = { start, end: start + line.length };
    start = span.end + 1;
    return span;
  });
}
