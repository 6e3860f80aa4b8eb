// Puts edits into an editor, once, and reads back what it made of them; what it did not take as meant is undone.
import type { EditorKind } from './editors.ts';
import { isPlainText } from './editors.ts';
import { keepsMarks, marksOf } from './formatting.ts';
import { narrowed, planWrites } from './plan-writes.ts';
import { isSame } from './same-text.ts';
import { selectPoints } from './selected.ts';
import { applyEdits } from './target.ts';
import type { ApplyResult, TextEdit } from './target.ts';
import { readTextMap, type TextMap } from './text-map.ts';
import { pointsOf } from './text-points.ts';
import { countSteps, writeEdits, type Editor } from './write-edits.ts';
import { comesTrue, settled, undo } from './writing.ts';

/** `before` is the editor's text as it is now, `asked` are edits of all of it; there is one at least. */
export async function applyToRich(editor: Editor, before: TextMap, asked: TextEdit[]): Promise<ApplyResult> {
  const { root, kind } = editor;
  const view = root.ownerDocument.defaultView!;
  const edits = asWritable(kind, asked);
  const writes = fewestSteps(editor, before, edits);
  const wanted = applyEdits(before.text, edits);
  // A line break may begin a paragraph, and text moves into the one that it is joined to.
  const keepsBlocks = !writes.some((each) =>
    (each.replacement + before.text.slice(each.start, each.end)).includes('\n'),
  );
  const marks = marksOf(before, keepsBlocks);

  root.focus({ preventScroll: true });
  await settled(view);
  const steps = await writeEdits(editor, before, writes);
  const isTaken = await comesTrue(view, () => isSame(kind, readTextMap(root).text, wanted));
  const after = readTextMap(root);
  if (
    isTaken &&
    (isPlainText(kind) ||
      keepsMarks({ text: before.text, marks }, { text: after.text, marks: marksOf(after, keepsBlocks) }, writes))
  ) {
    placeCaret(root, after, edits.at(-1)!.end + wanted.length - before.text.length);
    return 'applied';
  }
  for (let step = 0; step < steps && !isSame(kind, readTextMap(root).text, before.text); step++) {
    undo(root);
    await settled(view);
  }
  return 'refused';
}

/** In how many steps of undo the edits would be made, as far as can be told before. There is one edit at least. */
export function stepsToApply(editor: Editor, map: TextMap, asked: TextEdit[]): number {
  return countSteps(editor, map, fewestSteps(editor, map, asWritable(editor.kind, asked)));
}

/** The writes that they become: joined where they can be, else each as short as it can be, where that takes fewer steps. */
function fewestSteps(editor: Editor, map: TextMap, edits: TextEdit[]): TextEdit[] {
  const joined = planWrites(isPlainText(editor.kind) ? null : map, map.text, edits);
  const short = [joined, edits].map((writes) => writes.map((each) => narrowed(map.text, each)));
  const plans = [joined, ...short].map((writes) => ({ writes, steps: countSteps(editor, map, writes) }));
  return plans.reduce((best, each) => (each.steps < best.steps ? each : best)).writes;
}

/** Some editors begin a paragraph at each line break: blank lines between would be empty ones. */
function asWritable(kind: EditorKind, edits: TextEdit[]): TextEdit[] {
  if (kind !== 'prosemirror' && kind !== 'ckeditor') return edits;
  return edits.map((edit) => ({ ...edit, replacement: edit.replacement.replace(/\n{2,}/g, '\n') }));
}

function placeCaret(root: HTMLElement, map: TextMap, offset: number): void {
  const points = pointsOf(map, offset, offset);
  if (points) selectPoints(root, points);
}
