// Monaco as a target of rewriting. Its text is nowhere in the page but for the lines around its own selection, and that selection cannot
// be moved from outside: so only what is selected is replaced, as it stands, and without a selection there is no target.
import type { Anchor } from '../card/anchor.ts';
import { applyEdits } from './target.ts';
import type { ApplyResult, EditTarget, TextEdit } from './target.ts';
import { dispatchPaste } from './write-rich.ts';
import { comesTrue, insertText, settled, undo } from './writing.ts';

/** Where Monaco keeps the text around its selection: an EditContext (https://w3c.github.io/edit-context/), else a hidden text area. */
interface Around {
  text: string;
  selectionStart: number;
  selectionEnd: number;
}

type Input = HTMLElement & { editContext?: Around | null };

/** Null where nothing is selected. */
export function monacoTarget(input: Input): EditTarget | null {
  const captured = around(input);
  const text = selectedText(captured);
  if (!captured || text.trim() === '') return null;
  return {
    text,
    scope: 'selection',
    anchor: anchorOf(input),
    losesFormatting: () => false,
    stepsOf: () => 1,
    apply: (edits) => apply(input, captured, edits),
  };
}

function around(input: Input): Around | null {
  if (input.editContext) return copyOf(input.editContext);
  return input.localName === 'textarea' ? copyOf(input as HTMLTextAreaElement) : null;
}

function copyOf({ text, value, selectionStart, selectionEnd }: Partial<Around> & { value?: string }): Around {
  return { text: text ?? value ?? '', selectionStart: selectionStart ?? 0, selectionEnd: selectionEnd ?? 0 };
}

function selectedText(state: Around | null): string {
  return state?.text.slice(state.selectionStart, state.selectionEnd) ?? '';
}

async function apply(input: Input, before: Around, edits: TextEdit[]): Promise<ApplyResult> {
  const view = input.ownerDocument.defaultView!;
  const replacement = applyEdits(selectedText(before), edits);
  input.focus({ preventScroll: true });
  await settled(view);
  if (!input.isConnected || !isSame(around(input), before)) return 'stale';
  if (edits.length === 0) return 'applied';
  if (!import.meta.env.FIREFOX && input.editContext && replacement !== '') dispatchPaste(input, replacement);
  else if (import.meta.env.FIREFOX && replacement !== '') compose(input, replacement);
  else insertText(input.ownerDocument, replacement);
  if (await comesTrue(view, () => hasTaken(around(input), before, replacement))) return 'applied';
  if (!isSame(around(input), before)) undo(input);
  await settled(view);
  return 'refused';
}

/**
 * As an input method would: what it settles on is one step of undo, what is typed is one for every word. A first letter takes the place of
 * the selection, the text that of the letter; at the end the last line is told again, which is all of it that Monaco puts there anew.
 */
function compose(input: Input, text: string): void {
  const tell = (type: string, data: string) =>
    input.dispatchEvent(new CompositionEvent(type, { data, bubbles: true, cancelable: true, composed: true }));
  tell('compositionstart', '');
  tell('compositionupdate', 'x');
  tell('compositionupdate', text);
  tell('compositionend', text.slice(text.lastIndexOf('\n') + 1));
}

function isSame(now: Around | null, { text, selectionStart, selectionEnd }: Around): boolean {
  return now?.text === text && now.selectionStart === selectionStart && now.selectionEnd === selectionEnd;
}

/** What can be seen of it: the line of the caret, with the end of the replacement before the caret and what stood after it. */
function hasTaken(now: Around | null, before: Around, replacement: string): boolean {
  if (!now || now.selectionStart !== now.selectionEnd) return false;
  const line = (text: string) => text.slice(text.lastIndexOf('\n') + 1);
  const rest = (text: string) => text.split('\n', 1)[0];
  const wanted = line(before.text.slice(0, before.selectionStart) + replacement);
  return (
    line(now.text.slice(0, now.selectionStart)) === wanted &&
    rest(now.text.slice(now.selectionEnd)) === rest(before.text.slice(before.selectionEnd))
  );
}

function anchorOf(input: Input): Anchor {
  const editor = input.closest('.monaco-editor') ?? input;
  return {
    element: editor,
    box() {
      const shown = editor.querySelector('.selected-text, .cursor') ?? editor;
      const { left, top, right, bottom } = shown.getBoundingClientRect();
      return left === 0 && top === 0 && right === 0 && bottom === 0 ? null : { left, top, right, bottom };
    },
    // The selection is Monaco's own, and stays.
    restore: () => input.focus({ preventScroll: true }),
  };
}
