// What the reader means by "rewrite this", at the moment of asking: later the focus is in the card, and the page may have moved on.
import { hiddenInputOf } from './editors.ts';
import { fieldTarget, type Field } from './field-target.ts';
import { monacoTarget } from './monaco-target.ts';
import { richTarget } from './rich-target.ts';
import type { EditTarget } from './target.ts';
import type { Browser } from './ways.ts';

/**
 * The selection in a text field or an editor (also in the shadow trees that `shadowTreeOf` finds); with a bare caret its paragraph, else the whole field.
 * Null where nothing that may be edited has the focus, or no text is in it. Never a password, a payment card or a one-time code.
 */
export function captureEditable(
  document: Document,
  browser: Browser,
  shadowTreeOf = (element: HTMLElement) => element.shadowRoot,
): EditTarget | null {
  let active = document.activeElement;
  while (active instanceof HTMLElement) {
    const inner: Element | null | undefined = shadowTreeOf(active)?.activeElement;
    if (!inner) break;
    active = inner;
  }
  if (!(active instanceof HTMLElement)) return null;
  const hidden = hiddenInputOf(active);
  // What such a field holds is not the text that the reader sees.
  if (hidden) return hidden === 'monaco' ? monacoTarget(active) : null;
  if (active.localName === 'input' || active.localName === 'textarea') return fieldTarget(active as Field);
  return active.isContentEditable ? richTarget(editingHost(active), browser) : null;
}

/** The outermost element around it that may be edited. */
function editingHost(element: HTMLElement): HTMLElement {
  let host = element;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}
