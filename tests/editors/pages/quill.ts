import Quill from 'quill';
import 'quill/dist/quill.core.css';
import { CHANGE, CHANGE_AT, FIRST, HTML, place, selectIn } from '../editor-under-test.ts';

const quill = new Quill(place());
quill.setContents(quill.clipboard.convert({ html: HTML }), 'silent');
quill.history.clear();

window.editor = {
  text: () => quill.getText().trimEnd(),
  state: () => JSON.stringify(quill.getContents()),
  change: () => void quill.insertText(FIRST.length + 1 + CHANGE_AT, CHANGE, 'api'),
  select: (text) => selectIn(quill.root, text),
};
