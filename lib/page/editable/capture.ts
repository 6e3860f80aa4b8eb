// What the reader means by "rewrite this", at the moment of asking: later the focus is in the card, and the page may have moved on.
import { focusedField } from '../selection.ts';
import { fieldTarget } from './field-target.ts';
import { richTarget } from './rich-target.ts';
import type { EditTarget } from './target.ts';
import type { Browser } from './write-rich.ts';

/**
 * The selection in a text field or an editor (also in open shadow roots); with a bare caret its paragraph, else the whole field.
 * Null where nothing that may be edited has the focus, or no text is in it. Never a password, a payment card or a one-time code.
 */
export function captureEditable(document: Document, browser: Browser): EditTarget | null {
  const field = focusedField(document);
  if (field) return fieldTarget(field);
  const host = focusedHost(document);
  return host && richTarget(host, browser);
}

/** The editing host that has the focus: the outermost element around it that may be edited. */
function focusedHost(document: Document): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (!(active instanceof HTMLElement) || !active.isContentEditable) return null;
  let host = active;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}
