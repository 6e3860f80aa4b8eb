// A version of a text as hunks, each with what is wrong with it. A number or link that has moved is in two hunks, which are then one:
// taking half of a move would lose it.
import type { Hunk, RewriteDoubt } from '../../protocol.ts';
import { diffWords } from './diff.ts';
import type { Edit } from './diff.ts';
import { lossesOf } from './keeps.ts';

const MOVABLE: readonly RewriteDoubt[] = ['number', 'link', 'code', 'placeholder'];
/** These are said of the whole, so of each of its hunks. */
const OF_THE_WHOLE: readonly RewriteDoubt[] = ['language', 'length', 'answer'];

/** The hunks that make `after` of `before`; `doubts` are those of the whole. */
export function doubtedHunks(before: string, after: string, doubts: readonly RewriteDoubt[], language: string): Hunk[] {
  const losses = (edit: Edit) => lossesOf(before.slice(edit.start, edit.end), edit.replacement, language);
  const isMove = (edit: Edit) => losses(edit).some((loss) => MOVABLE.includes(loss) && !doubts.includes(loss));
  const edits = withoutMoves(diffWords(before, after), isMove, before);
  const found = edits.map((edit) => losses(edit).filter((loss) => doubts.includes(loss)));
  const unplaced = doubts.filter((doubt) => OF_THE_WHOLE.includes(doubt) || !found.some((own) => own.includes(doubt)));
  return edits.map((edit, i) => ({
    ...edit,
    by: 'model',
    doubts: [...new Set([...found[i], ...unplaced])],
    reason: '',
  }));
}

/** The edits, with all from the first to the last that moves something joined. */
function withoutMoves(edits: Edit[], isMove: (edit: Edit) => boolean, text: string): Edit[] {
  const first = edits.findIndex(isMove);
  const last = edits.findLastIndex(isMove);
  if (first === last) return edits;
  let replacement = '';
  for (let i = first; i <= last; i++) {
    const next = i < last ? text.slice(edits[i].end, edits[i + 1].start) : '';
    replacement += edits[i].replacement + next;
  }
  return [
    ...edits.slice(0, first),
    { start: edits[first].start, end: edits[last].end, replacement },
    ...edits.slice(last + 1),
  ];
}
