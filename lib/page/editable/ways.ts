// How each editor is written into, as measured in both browsers (docs/editors.md): in a way that its own model hears of, and with as
// few steps of undo as it allows. One way per editor, never a second on top of it.
import type { EditorKind } from './editors.ts';
import type { Part } from './plan-writes.ts';

export type Browser = 'chromium' | 'firefox';

/**
 * command: the browser's own insertText. paste: a paste event with the text. replacement: the input event of a spelling correction,
 * which names its place. html: the browser's own insertHTML, with the formatting as it was.
 */
export type Way = 'command' | 'paste' | 'replacement' | 'html';

export interface Method {
  way: Way;
  /** All writes in one turn: editors that hear of changes afterwards take them as one. Else each is waited for. */
  together: boolean;
}

export interface Shape {
  several: boolean;
  /** Each write lies in one text node, and has no line break. */
  inLine: boolean;
  /** One of them has a line break. */
  hasBreaks: boolean;
  /** One of them takes all of a text node: Firefox would take its element, and a space beside it. */
  emptiesNode: boolean;
  /** Their line begins or ends with a break inside of its paragraph. */
  besideBreak: boolean;
  /** All of them have the same formatting, and all but the first together fewer than TYPED_AT_ONCE letters. */
  isTypedAtOnce: boolean;
}

/** CKEditor's typing takes that many letters as one step. */
export const TYPED_AT_ONCE = 20;

/** Whether several writes can be one, with all between them as the editor copies it (write-fragment.ts). */
export function takesFragments(kind: EditorKind, browser: Browser): boolean {
  switch (kind) {
    case 'lexical':
    case 'slate':
      return true;
    case 'ckeditor':
    case 'draft':
      return !isFirefox(browser); // they take formatting from a paste only
    default:
      return false;
  }
}

/** What it is given at once: if not the first of these, the next. */
export function partsFor(kind: EditorKind): [Part, ...Part[]] {
  switch (kind) {
    case 'plain':
      return ['text', 'line'];
    case 'slate':
    case 'draft':
      return ['text', 'block'];
    default:
      return ['text'];
  }
}

/** Of writes of this shape. */
export function methodFor(
  kind: EditorKind,
  browser: Browser,
  { several, inLine, hasBreaks, emptiesNode, besideBreak, isTypedAtOnce }: Shape,
): Method {
  switch (kind) {
    case 'plain':
      // Firefox's insertHTML takes a break that it meets with it.
      return inLine && (several || emptiesNode) && !(isFirefox(browser) && besideBreak)
        ? { way: 'html', together: false }
        : { way: 'command', together: false };
    case 'prosemirror':
    case 'quill':
      return { way: 'command', together: true };
    case 'ckeditor':
      // Its pasting takes the formatting of what stands before, its spelling correction three steps for a line break.
      if (isFirefox(browser)) return { way: 'command', together: inLine && isTypedAtOnce };
      return { way: hasBreaks ? 'paste' : 'replacement', together: false };
    case 'slate':
      return { way: isFirefox(browser) ? 'command' : 'replacement', together: false };
    case 'lexical':
    case 'draft':
    case 'codemirror':
      return { way: isFirefox(browser) ? 'command' : 'paste', together: false };
  }
}

/** As many steps as writing these texts is. */
export function stepsOf(kind: EditorKind, browser: Browser, { way, together }: Method, texts: string[]): number {
  if (together || way === 'html') return 1;
  const isTyped = kind === 'ckeditor' && isFirefox(browser);
  return texts.reduce((steps, text) => steps + (isTyped ? typedSteps(text) : 1), 0);
}

/** CKEditor types each line, and each break, as a step of its own. */
function typedSteps(text: string): number {
  const lines = text.split('\n');
  return Math.max(1, lines.filter((line) => line !== '').length + lines.length - 1);
}

export function isFirefox(browser: Browser): boolean {
  return import.meta.env.FIREFOX || browser === 'firefox';
}
