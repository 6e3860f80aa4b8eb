// Replacing what is selected in a text field, as the reader would by typing: one step of the browser's own undo, and the page hears of
// it as of any typing. Nothing is lost: a field that has changed is left alone.

export interface FieldSelection {
  field: HTMLInputElement | HTMLTextAreaElement;
  start: number;
  end: number;
  /** What stood there. */
  text: string;
}

/** The selection of the field; null where it is empty, or the field cannot be written into. */
export function fieldSelection(field: HTMLInputElement | HTMLTextAreaElement): FieldSelection | null {
  const { selectionStart: start, selectionEnd: end, value, disabled, readOnly } = field;
  if (start === null || end === null || start === end || disabled || readOnly) return null;
  return { field, start, end, text: value.slice(start, end) };
}

/** False, with the field as it was, where the text is no longer there or the page does not take the new one. */
export function replaceInField({ field, start, end, text }: FieldSelection, replacement: string): boolean {
  if (!field.isConnected || field.value.slice(start, end) !== text) return false;
  const before = field.value;
  const wanted = before.slice(0, start) + replacement + before.slice(end);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  // Deprecated, and the only way into a field's undo history: https://github.com/w3c/editing/issues/209
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const insert = () => field.ownerDocument.execCommand('insertText', false, replacement);
  if (insert() && field.value === wanted) return true;
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (field.value !== before) field.ownerDocument.execCommand('undo');
  return false;
}
