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

/** `several`: more than one write is to come. `inLine`: each within one text node, none with a line break. */
export function methodFor(kind: EditorKind, browser: Browser, several: boolean, inLine: boolean): Method {
  const isFirefox = import.meta.env.FIREFOX === true || browser === 'firefox';
  switch (kind) {
    case 'plain':
      return several && inLine ? { way: 'html', together: false } : { way: 'command', together: false };
    case 'prosemirror':
    case 'quill':
      return { way: 'command', together: true };
    case 'ckeditor':
      return { way: isFirefox ? 'command' : 'replacement', together: true };
    case 'slate':
      return { way: isFirefox ? 'command' : 'replacement', together: false };
    case 'lexical':
    case 'draft':
    case 'codemirror':
      return { way: isFirefox ? 'command' : 'paste', together: false };
  }
}
