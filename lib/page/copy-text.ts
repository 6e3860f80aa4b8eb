// Puts text on the clipboard from a visited page. Knows the browser's two ways; nothing of what the text is.
import { AppError } from '../errors.ts';

/**
 * Call it in the reader's own click or key. Pages without a secure origin have no `navigator.clipboard`, frames may be forbidden it:
 * there the browser's own "copy" is given the text. Throws `unsupported` where neither is let through.
 */
export async function copyText(document: Document, text: string): Promise<void> {
  const { clipboard } = document.defaultView!.navigator as { clipboard?: Clipboard };
  const written = await clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (!written && !copyByCommand(document, text)) throw new AppError('unsupported', 'the clipboard is closed here');
}

function copyByCommand(document: Document, text: string): boolean {
  let given = false;
  const give = (event: ClipboardEvent): void => {
    // The page neither reads nor replaces what is not its own.
    event.stopImmediatePropagation();
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    given = event.clipboardData !== null;
  };
  // Chromium copies nothing where nothing is selected, unless this says that there is something to copy.
  const allow = (event: Event): void => event.preventDefault();
  const view = document.defaultView!;
  view.addEventListener('copy', give, { capture: true });
  view.addEventListener('beforecopy', allow, { capture: true });
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return document.execCommand('copy') && given;
  } finally {
    view.removeEventListener('copy', give, { capture: true });
    view.removeEventListener('beforecopy', allow, { capture: true });
  }
}
