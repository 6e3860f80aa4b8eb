// Replacements in a text, and where a place of the text before them lies after them. Knows nothing of languages.
import type { Span } from '../sentences.ts';

/** `text` stands in the place of what was from `start` to `end`: UTF-16 offsets in the text before all edits. */
export interface Edit extends Span {
  text: string;
}

/** Edits of one text, sorted; one that overlaps an earlier one of the list given is left out. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  const sorted: Edit[] = [];
  const inOrder = edits.map((edit, order) => ({ edit, order }));
  inOrder.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  let end = 0;
  for (const { edit } of inOrder) {
    if (edit.start < end) continue;
    sorted.push(edit);
    end = edit.end;
  }
  return sorted;
}

/** The text after `edits`, which are sorted and disjoint. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Where `span` of the text before lies after: what touches a replaced part, however little, covers all that replaces it. */
export function spanAfter(edits: readonly Edit[], span: Span): Span {
  return moved(changesOf(edits), span);
}

/** Where `span` of the text after the edits lay before them. */
export function spanBefore(edits: readonly Edit[], span: Span): Span {
  return moved(
    changesOf(edits).map(({ from, to }) => ({ from: to, to: from })),
    span,
  );
}

export interface Change {
  from: Span;
  to: Span;
}

/** Each edit as the place before and the place after, in order. */
export function changesOf(edits: readonly Edit[]): Change[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { from: edit, to: { start, end: start + edit.text.length } };
  });
}

function moved(changes: readonly Change[], span: Span): Span {
  const start = movedOffset(changes, span.start, 'start');
  return { start, end: Math.max(start, movedOffset(changes, span.end, 'end')) };
}

/** An offset inside a change moves to the change's own edge on that side; one at an insertion stays outside of it. */
function movedOffset(changes: readonly Change[], offset: number, side: 'start' | 'end'): number {
  let shift = 0;
  for (const { from, to } of changes) {
    const isInsertion = from.start === from.end;
    if (offset < from.start || (offset === from.start && !(isInsertion && side === 'start'))) break;
    if (offset < from.end) return to[side];
    shift = to.end - from.end;
  }
  return offset + shift;
}
