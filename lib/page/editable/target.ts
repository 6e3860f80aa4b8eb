// What is rewritten in place: a text of the page that the reader may edit, and the one way to change it. Every kind of editor
// answers to this; how each is written into stands in the files beside it.
import type { Anchor } from '../card/anchor.ts';

/** A change of `EditTarget.text`: UTF-16 offsets into it, end exclusive. The edits of a text are disjoint and ascending. */
export interface TextEdit {
  start: number;
  end: number;
  /** '' deletes. */
  replacement: string;
}

/**
 * applied: the editor has exactly the new text, and its undo leads back.
 * stale: the text has changed since it was captured; nothing was written.
 * refused: the editor did not take the new text; what it did take was undone. Offer to copy.
 */
export type ApplyResult = 'applied' | 'stale' | 'refused';

export type EditScope = 'selection' | 'paragraph' | 'field';

export interface EditTarget {
  /** As the editor has it, with \n between paragraphs and lines. Never empty. */
  readonly text: string;
  readonly scope: EditScope;
  readonly anchor: Anchor;
  /** True where formatting, links or mentions lie inside of what these edits replace: what comes instead is plain text. */
  readonly losesFormatting: (edits: TextEdit[]) => boolean;
  /** How many steps of undo it takes to take these edits back, as far as can be told before. */
  readonly stepsOf: (edits: TextEdit[]) => number;
  /** Writes once and reads back; never a second way on top of a first. Focus and caret end after what was replaced. */
  apply(edits: TextEdit[]): Promise<ApplyResult>;
}

/** The text with the edits in it. */
export function applyEdits(text: string, edits: TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, replacement } of edits) {
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}

/** One edit that does what all of them do: from the start of the first to the end of the last. There has to be one at least. */
export function spanningEdit(text: string, edits: TextEdit[]): TextEdit {
  const [start, end] = [edits[0].start, edits.at(-1)!.end];
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { start, end, replacement: applyEdits(text.slice(start, end), moved) };
}
