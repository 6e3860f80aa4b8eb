// How edits become writes: few of them, because each may be a step of undo, and none over what a plain text would lose. Pure.
import { spanningEdit } from './target.ts';
import type { TextEdit } from './target.ts';
import type { TextMap } from './text-map.ts';

/**
 * The edits, joined where all between them is of one formatting and in one line. Without a map, all of them: a plain text.
 * Edits that cut an island (a mention) take it whole.
 */
export function planWrites(map: TextMap | null, text: string, edits: TextEdit[]): TextEdit[] {
  const groups: TextEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    if (group && (!map || isUniform(map, group[0].start, edit.end))) group.push(edit);
    else groups.push([edit]);
  }
  return groups.map((group) => spanningEdit(text, group));
}

/** True where one of the edits, written as plain text, would take formatting, a mention or an image with it. */
export function breaksFormatting(map: TextMap, edits: TextEdit[]): boolean {
  return edits.some(({ start, end }) => {
    if (map.objects.some((object) => object > start && object < end)) return true;
    const replaced = map.characters.slice(start, end).filter(({ breaks }) => !breaks);
    return replaced.some(({ island, format }) => island !== null || format !== replaced[0].format);
  });
}

/** What of the text is written at once. */
export type Part = 'line' | 'block' | 'text';

/** The edits by the part that they stand in; one that reaches further stands alone. */
export function groupsOf({ characters }: TextMap, edits: TextEdit[], part: Part): TextEdit[][] {
  const groups: TextEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const inside = characters.slice(group?.[0].start, edit.end);
    const isOne = inside.every(
      ({ breaks }) => breaks === null || part === 'text' || (breaks === 'line' && part === 'block'),
    );
    if (group && isOne) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** One formatting, one line, nothing but text. */
function isUniform(map: TextMap, start: number, end: number): boolean {
  if (map.objects.some((object) => object > start && object < end)) return false;
  const characters = map.characters.slice(start, end);
  const first = characters.at(0);
  return (
    first !== undefined &&
    characters.every(({ format, island, breaks }) => !breaks && !island && format === first.format)
  );
}

/**
 * The edit without what stays at its beginning and its end: as short as it can be while it replaces a letter by something. Where nothing is
 * replaced it stays as it is.
 */
export function narrowed(text: string, { start, end, replacement }: TextEdit): TextEdit {
  // By code points: half of a surrogate pair is no text.
  const before = Array.from(text.slice(start, end));
  const after = Array.from(replacement);
  const most = Math.min(before.length, after.length) - 1;
  let [front, back] = [0, 0];
  while (front < most && before[front] === after[front]) front += 1;
  while (front + back < most && before.at(-1 - back) === after.at(-1 - back)) back += 1;
  const length = (units: string[]) => units.join('').length;
  return {
    start: start + length(before.slice(0, front)),
    end: end - length(before.slice(before.length - back)),
    replacement: after.slice(front, after.length - back).join(''),
  };
}
