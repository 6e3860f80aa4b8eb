// What all ways of writing share: commands of the browser's own editing, which fill its undo history, and waiting for an editor.

/** The browser's own command, the only way into its undo history (https://github.com/w3c/editing/issues/209). */
export function command(
  document: Document,
  name: 'insertText' | 'insertHTML' | 'delete' | 'undo',
  text?: string,
): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return document.execCommand(name, false, text);
}

/** Types `text` over what is selected, as one step of undo. */
export function insertText(document: Document, text: string): boolean {
  return text === '' ? command(document, 'delete') : command(document, 'insertText', text);
}

/** Frames that an editor may take to bring its own state and the page's into line (React and others commit later). */
const FRAMES = 2;
/** Where no frames come: the page is behind another. */
const NO_FRAME_MS = 100;

/** How long an editor may take to show what it was told to, on a busy machine. */
const SHOWN_WITHIN_MS = 500;

/** Whether something comes true: asked once an editor has had time to settle, and from then on until it has had too much. */
export async function comesTrue(view: Window, condition: () => boolean): Promise<boolean> {
  const start = performance.now();
  do await settled(view);
  while (!condition() && performance.now() - start < SHOWN_WITHIN_MS);
  return condition();
}

export async function settled(view: Window): Promise<void> {
  for (let frame = 0; frame < FRAMES; frame++) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, NO_FRAME_MS);
      view.requestAnimationFrame(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/**
 * Undoes as the reader's own keys would: editors that keep their own history hear the key, else the browser's history is asked.
 */
export function undo(element: Element): void {
  const document = element.ownerDocument;
  const isMac = /\bMac OS X\b/.test(document.defaultView!.navigator.userAgent);
  const key = { key: 'z', code: 'KeyZ', keyCode: 90, which: 90, ctrlKey: !isMac, metaKey: isMac };
  const event = new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true, composed: true });
  const isFree = element.dispatchEvent(event);
  if (isFree) command(document, 'undo');
}
