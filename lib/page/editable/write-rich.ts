// Writes over what is selected in an editor, in the one way that its model hears of, as one step of its undo. Which way that is was
// measured (docs/editors.md); there is never a second one on top of a first.
import type { EditorKind } from './editors.ts';
import { insertText } from './writing.ts';

export type Browser = 'chromium' | 'firefox';

export function writeRich(root: HTMLElement, kind: EditorKind, browser: Browser, text: string): void {
  const { ownerDocument: document } = root;
  // Editors take a paste that no clipboard stands behind for an empty one in Firefox, and delete what is selected: its build has no
  // way there.
  if (!import.meta.env.FIREFOX && browser === 'chromium' && kind !== 'plain' && text !== '') {
    paste(root, text);
    return;
  }
  insertText(document, text);
}

function paste(root: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  root.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
}
