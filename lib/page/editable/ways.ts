// How each editor is written into, as measured in both browsers (docs/editors.md): in a way that its own model hears of, and with as
// few steps of undo as it allows. One way per editor, never a second on top of it.
import type { EditorKind } from './editors.ts';

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
}

/** Of writes of this shape. */
export function methodFor(
  kind: EditorKind,
  browser: Browser,
  { several, inLine, hasBreaks, emptiesNode }: Shape,
): Method {
  const isFirefox = import.meta.env.FIREFOX || browser === 'firefox';
  switch (kind) {
    case 'plain':
      return { way: inLine && (several || emptiesNode) ? 'html' : 'command', together: false };
    case 'prosemirror':
    case 'quill':
      return { way: 'command', together: true };
    case 'ckeditor':
      // Its pasting takes the formatting of what stands before, its spelling correction three steps for a line break.
      return { way: isFirefox ? 'command' : hasBreaks ? 'paste' : 'replacement', together: false };
    case 'slate':
      return { way: isFirefox ? 'command' : 'replacement', together: false };
    case 'lexical':
    case 'draft':
    case 'codemirror':
      return { way: isFirefox ? 'command' : 'paste', together: false };
  }
}
