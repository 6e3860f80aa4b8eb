// The frame shows the page of the contenteditable; its editor answers for this page.
import { place } from '../editor-under-test.ts';

const frame = document.createElement('iframe');
frame.src = '/contenteditable.html';
frame.width = '900';
frame.height = '300';
frame.addEventListener('load', () => {
  const inner = frame.contentWindow as unknown as typeof globalThis;
  window.editor = {
    text: () => inner.editor.text(),
    state: () => inner.editor.state(),
    change: () => inner.editor.change(),
    select: (text) => {
      frame.focus();
      inner.editor.select(text);
    },
  };
});
place().append(frame);
