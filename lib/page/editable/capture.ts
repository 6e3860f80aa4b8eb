// What the reader means by "rewrite this", at the moment of asking: later the focus is in the card, and the page may have moved on.
import { focusedField } from '../selection.ts';
import { fieldTarget } from './field-target.ts';
import type { EditTarget } from './target.ts';

/**
 * The selection in a text field or an editor (also in open shadow roots); with a bare caret its paragraph, else the whole field.
 * Null where nothing that may be edited has the focus, or no text is in it. Never a password, a payment card or a one-time code.
 */
export function captureEditable(document: Document, _browser: 'chromium' | 'firefox'): EditTarget | null {
  const field = focusedField(document);
  return field ? fieldTarget(field) : null;
}
