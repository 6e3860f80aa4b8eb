// Whether a frame is the one in which the reader has selected something, or is writing. A card's own is never meant (card/own-window.ts).

/** Runs in a frame on its own, as text: it may use nothing but what the frame has. */
export function hasSelectionInFocus(): boolean {
  if ('inklingCard' in document.documentElement.dataset) return false;
  const field = document.activeElement;
  const inField =
    (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) &&
    field.selectionStart !== field.selectionEnd;
  return document.hasFocus() && (inField || String(getSelection()).trim() !== '');
}

/** Whether the focus is in this frame and in no frame of it. Runs in a frame on its own, as text. */
export function hasFocusItself(): boolean {
  if ('inklingCard' in document.documentElement.dataset) return false;
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return document.hasFocus() && !(active instanceof HTMLIFrameElement);
}
