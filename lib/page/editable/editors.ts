// Which editor an editable element belongs to: some keep a text of their own, and take changes only in certain ways.

/** plain: the browser alone, or an editor that is not known here. */
export type EditorKind =
  'plain' | 'prosemirror' | 'lexical' | 'slate' | 'quill' | 'draft' | 'ckeditor' | 'codemirror' | 'monaco';

const MARKS: [EditorKind, string][] = [
  ['prosemirror', '.ProseMirror'],
  ['lexical', '[data-lexical-editor]'],
  ['slate', '[data-slate-editor]'],
  ['quill', '.ql-editor'],
  ['draft', '.public-DraftEditor-content'],
  ['ckeditor', '.ck-editor__editable'],
  ['codemirror', '.cm-content'],
  ['monaco', '.monaco-editor *'],
];

export function editorKind(element: Element): EditorKind {
  return MARKS.find(([, selector]) => element.matches(selector))?.[0] ?? 'plain';
}

/** Editors of code: what looks formatted in them is their colouring, the text itself is plain. */
export function isPlainText(kind: EditorKind): boolean {
  return kind === 'codemirror' || kind === 'monaco';
}
