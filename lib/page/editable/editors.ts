// Which editor an editable element belongs to: some keep a text of their own, and take changes only in certain ways.

/** plain: the browser alone, or an editor that is not known here. */
export type EditorKind = 'plain' | 'prosemirror' | 'lexical' | 'slate' | 'quill' | 'draft' | 'ckeditor' | 'codemirror';

const MARKS: [EditorKind, string][] = [
  ['prosemirror', '.ProseMirror'],
  ['lexical', '[data-lexical-editor]'],
  ['slate', '[data-slate-editor]'],
  ['quill', '.ql-editor'],
  ['draft', '.public-DraftEditor-content'],
  ['ckeditor', '.ck-editor__editable'],
  ['codemirror', '.cm-content'],
];

export function editorKind(element: Element): EditorKind {
  return MARKS.find(([, selector]) => element.matches(selector))?.[0] ?? 'plain';
}

/** An editor of code: what looks formatted in it is its colouring, the text itself is plain. */
export function isPlainText(kind: EditorKind): boolean {
  return kind === 'codemirror';
}

/** Editors of code with a hidden field that holds some of their text, if any. Null for all other elements. */
export function hiddenInputOf(element: Element): 'monaco' | 'other' | null {
  if (element.matches('.monaco-editor .native-edit-context, .monaco-editor textarea')) return 'monaco';
  return element.matches('.CodeMirror textarea, .ace_editor textarea') ? 'other' : null;
}
