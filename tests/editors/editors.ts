// The editors of tests/editors/pages in the order of their use, and where what they can is less than all.

/**
 * words: some words in the middle of a paragraph, formatted text around them. lines: with a line break. hunks: two words, formatted text
 * between them. formatted: a whole formatted word. deletion: words taken out. paragraphs: words in each of three paragraphs.
 */
export type EditorCase = 'words' | 'lines' | 'hunks' | 'formatted' | 'deletion' | 'paragraphs';

export interface EditorUnderTest {
  title: string;
  page: string;
  /** Of which package, where it is not the browser's own. */
  package?: string;
  refuses?: EditorCase[];
  /** What there is no place for in it. */
  lacks?: EditorCase[];
  /** Without a selection there is nothing to rewrite, and all of it is replaced: the caret is then at its end. */
  onlySelections?: boolean;
}

export const EDITORS: EditorUnderTest[] = [
  { title: 'textarea', page: 'textarea' },
  { title: 'input', page: 'input', refuses: ['lines'], lacks: ['paragraphs'] },
  {
    title: 'contenteditable',
    page: 'contenteditable',
  },
  {
    title: 'contenteditable in an iframe',
    page: 'in-iframe',
  },
  {
    title: 'contenteditable in a shadow root',
    page: 'in-shadow-root',
  },
  {
    title: 'contenteditable in a closed shadow root',
    page: 'in-closed-shadow-root',
  },
  { title: 'React-controlled textarea', page: 'react-textarea', package: 'react' },
  { title: 'ProseMirror', page: 'prosemirror', package: 'prosemirror-view' },
  { title: 'TipTap', page: 'tiptap', package: '@tiptap/core' },
  { title: 'Lexical', page: 'lexical', package: 'lexical' },
  { title: 'Quill', page: 'quill', package: 'quill' },
  {
    title: 'Slate',
    page: 'slate',
    package: 'slate',
  },
  {
    title: 'CKEditor 5',
    page: 'ckeditor',
    package: 'ckeditor5',
  },
  { title: 'CodeMirror 6', page: 'codemirror', package: '@codemirror/view' },
  {
    title: 'Draft.js',
    page: 'draft',
    package: 'draft-js',
  },
  {
    title: 'Monaco',
    page: 'monaco',
    package: 'monaco-editor',
    onlySelections: true,
    lacks: ['hunks', 'formatted'],
  },
];
