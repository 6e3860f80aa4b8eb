// A text field as a target of rewriting: it holds plain text, so all edits are one replacement, one step of the browser's undo.
import type { Anchor } from '../card/anchor.ts';
import { paragraphAt, trimmed, type TextSpan } from './paragraph.ts';
import { applyEdits, spanningEdit } from './target.ts';
import type { ApplyResult, EditScope, EditTarget, TextEdit } from './target.ts';
import { command, comesTrue, insertText, settled } from './writing.ts';

export type Field = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES = new Set(['text', 'search', 'url', 'tel']);
const SECRET = /^(cc-|one-time-code|current-password|new-password)/;

/** Null where the field takes no text, is empty, or holds what must never be read. */
export function fieldTarget(field: Field): EditTarget | null {
  if (!isWritable(field)) return null;
  const { value, selectionStart, selectionEnd } = field;
  const found = scopeOf(value, selectionStart ?? 0, selectionEnd ?? 0);
  if (!found) return null;
  const { start, end, scope } = found;
  const text = value.slice(start, end);
  return {
    text,
    scope,
    anchor: anchorOf(field),
    losesFormatting: () => false,
    stepsOf: () => 1,
    apply: (edits) =>
      applyToField(
        field,
        value,
        edits.map((edit) => shifted(edit, start)),
      ),
  };
}

function isWritable(field: Field): boolean {
  if (field.localName === 'input' && !TEXT_TYPES.has(field.type)) return false;
  if (field.disabled || field.readOnly) return false;
  return !field.autocomplete.split(/\s+/).some((token) => SECRET.test(token.toLowerCase()));
}

function scopeOf(value: string, start: number, end: number): (TextSpan & { scope: EditScope }) | null {
  if (value.slice(start, end).trim() !== '') return { start, end, scope: 'selection' };
  const paragraph = paragraphAt(value, start);
  const whole = trimmed(value, { start: 0, end: value.length });
  if (paragraph && whole && paragraph.end - paragraph.start < whole.end - whole.start) {
    return { ...paragraph, scope: 'paragraph' };
  }
  return whole && { ...whole, scope: 'field' };
}

function shifted({ start, end, replacement }: TextEdit, by: number): TextEdit {
  return { start: start + by, end: end + by, replacement };
}

async function applyToField(field: Field, before: string, edits: TextEdit[]): Promise<ApplyResult> {
  if (!field.isConnected || !isWritable(field) || field.value !== before) return 'stale';
  if (edits.length === 0) return 'applied';
  const wanted = applyEdits(before, edits);
  if (!canHold(field, wanted)) return 'refused';
  const { ownerDocument: document } = field;
  const { start, end, replacement } = spanningEdit(before, edits);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  insertText(document, replacement);
  if (await comesTrue(document.defaultView!, () => field.value === wanted)) return 'applied';
  if (field.value !== before) command(document, 'undo');
  await settled(document.defaultView!);
  return 'refused';
}

/** What a field would cut off or turn into spaces is not written at all. */
function canHold(field: Field, text: string): boolean {
  if (field.maxLength >= 0 && text.length > field.maxLength) return false;
  return field.localName === 'textarea' || !text.includes('\n');
}

function anchorOf(field: Field): Anchor {
  const { selectionStart, selectionEnd, selectionDirection } = field;
  return {
    element: field,
    box() {
      const { left, top, right, bottom } = field.getBoundingClientRect();
      return left === 0 && top === 0 && right === 0 && bottom === 0 ? null : { left, top, right, bottom };
    },
    restore() {
      field.focus({ preventScroll: true });
      field.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    },
  };
}
