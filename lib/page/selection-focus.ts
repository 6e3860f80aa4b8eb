// Whether a frame is the one in which the reader has selected something.

/** Runs in a frame on its own, as text: it may use nothing but what the frame has. */
export function hasSelectionInFocus(): boolean {
  const field = document.activeElement;
  const inField =
    (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) &&
    field.selectionStart !== field.selectionEnd;
  return document.hasFocus() && (inField || String(getSelection()).trim() !== '');
}
