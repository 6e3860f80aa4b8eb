// Editable text that may be formatted, as a target of rewriting: an editor's or the browser's own. It knows which part of the text is
// meant, and whether it still stands; apply-rich.ts writes.
import type { Anchor } from '../card/anchor.ts';
import { applyToRich, stepsToApply } from './apply-rich.ts';
import { editorKind, isPlainText } from './editors.ts';
import type { EditorKind } from './editors.ts';
import { paragraphAt, trimmed, type TextSpan } from './paragraph.ts';
import { breaksFormatting } from './plan-writes.ts';
import { selectedIn, selectPoints } from './selected.ts';
import { findAgain } from './stale.ts';
import type { EditScope, EditTarget, TextEdit } from './target.ts';
import { readTextMap, type TextMap } from './text-map.ts';
import { offsetOf, pointsOf } from './text-points.ts';
import type { Browser } from './ways.ts';

/** Null where nothing is written in `root`, an editing host. */
export function richTarget(root: HTMLElement, browser: Browser): EditTarget | null {
  const map = readTextMap(root);
  const kind = editorKind(root);
  const found = scopeOf(map, root, kind);
  if (!found) return null;
  const { start, end, scope } = found;
  const captured = { whole: map.text, start, end };
  const text = map.text.slice(start, end);
  const editor = { root, kind, browser };
  return {
    text,
    scope,
    anchor: anchorOf(root, map, found),
    losesFormatting: (edits) => !isPlainText(kind) && breaksFormatting(map, shifted(edits, start)),
    stepsOf: (edits) => (edits.length === 0 ? 0 : stepsToApply(editor, map, shifted(edits, start))),
    async apply(edits) {
      const now = root.isConnected && root.isContentEditable ? readTextMap(root) : null;
      const at = now && findAgain(captured, now.text);
      if (!now || at === null) return 'stale';
      return edits.length === 0 ? 'applied' : applyToRich(editor, now, shifted(edits, at));
    },
  };
}

function scopeOf(map: TextMap, root: Element, kind: EditorKind): (TextSpan & { scope: EditScope }) | null {
  const whole = trimmed(map.text, { start: 0, end: map.text.length });
  const selected = selectedIn(root);
  if (!whole || !selected) return whole && { ...whole, scope: 'field' };
  const [start, end] = [offsetOf(map, selected.start), offsetOf(map, selected.end)];
  const selection = trimmed(map.text, { start, end });
  if (selection) return { ...selection, scope: 'selection' };
  const paragraph = isPlainText(kind) ? paragraphAt(map.text, start) : paragraphOf(map, start);
  if (!paragraph || paragraph.end - paragraph.start === whole.end - whole.start) return { ...whole, scope: 'field' };
  return { ...paragraph, scope: 'paragraph' };
}

/** Paragraphs are the page's blocks; within one, blank lines part them, too. */
function paragraphOf(map: TextMap, offset: number): TextSpan | null {
  const isEnd = (at: number) => map.characters[at].breaks === 'block';
  let [start, end] = [offset, offset];
  while (start > 0 && !isEnd(start - 1)) start -= 1;
  while (end < map.text.length && !isEnd(end)) end += 1;
  const inside = paragraphAt(map.text.slice(start, end), offset - start);
  return inside && { start: start + inside.start, end: start + inside.end };
}

function shifted(edits: TextEdit[], by: number): TextEdit[] {
  return edits.map(({ start, end, replacement }) => ({ start: start + by, end: end + by, replacement }));
}

function anchorOf(root: HTMLElement, map: TextMap, { start, end }: TextSpan): Anchor {
  const selected = selectedIn(root);
  const shown = pointsOf(map, start, end);
  const range = root.ownerDocument.createRange();
  if (shown) {
    range.setStart(shown.start.node, shown.start.offset);
    range.setEnd(shown.end.node, shown.end.offset);
  }
  return {
    element: root,
    box() {
      // The editor may have drawn its text anew.
      const box = (range.collapsed ? root : range).getBoundingClientRect();
      const { left, top, right, bottom } = box;
      return left === 0 && top === 0 && right === 0 && bottom === 0 ? null : { left, top, right, bottom };
    },
    restore() {
      root.focus({ preventScroll: true });
      if (selected && selected.start.node.isConnected && selected.end.node.isConnected) selectPoints(root, selected);
    },
  };
}
