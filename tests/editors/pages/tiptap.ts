import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { CHANGE, CHANGE_AT, FIRST, HTML, place, selectIn } from '../editor-under-test.ts';

const tiptap = new Editor({ element: place(), extensions: [StarterKit], content: HTML });

window.editor = {
  text: () => tiptap.getText({ blockSeparator: '\n' }),
  state: () => JSON.stringify(tiptap.getJSON()),
  change: () => tiptap.commands.insertContentAt(FIRST.length + 3 + CHANGE_AT, CHANGE),
  select: (text) => selectIn(tiptap.view.dom, text),
};
