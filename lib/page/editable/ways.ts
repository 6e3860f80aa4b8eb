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
}

/** Whether several writes can be one, with all between them as the editor copies it (write-fragment.ts). */
export function takesFragments(kind: EditorKind): boolean {
  return kind === 'lexical' || kind === 'slate' || kind === 'ckeditor' || kind === 'draft';
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
  { several, inLine, hasBreaks, emptiesNode, besideBreak }: Shape,
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
      // Its pasting takes the formatting of what stands before, all else several steps for a line break.
      if (hasBreaks) return { way: 'paste', together: false };
      return { way: isFirefox(browser) ? 'command' : 'replacement', together: false };
    case 'slate':
      return { way: isFirefox(browser) ? 'command' : 'replacement', together: false };
    case 'lexical':
    case 'draft':
    case 'codemirror':
      return { way: isFirefox(browser) ? 'command' : 'paste', together: false };
  }
}

/** As many steps as so many writes are. */
export function stepsOf({ way, together }: Method, writes: number): number {
  return together || way === 'html' ? 1 : writes;
}

export function isFirefox(browser: Browser): boolean {
  return import.meta.env.FIREFOX || browser === 'firefox';
}
