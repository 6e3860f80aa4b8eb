import { Bold, ClassicEditor, Essentials, Italic, Link, List, Paragraph } from 'ckeditor5';
import 'ckeditor5/ckeditor5.css';
import { CHANGE, CHANGE_AT, HTML, place, selectIn } from '../editor-under-test.ts';

const element = document.createElement('div');
place().append(element);
// The way that most pages still use.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const ckeditor = await ClassicEditor.create(element, {
  licenseKey: 'GPL',
  plugins: [Essentials, Paragraph, Bold, Italic, Link, List],
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  initialData: HTML,
});

window.editor = {
  text: () => {
    const template = document.createElement('template');
    template.innerHTML = ckeditor.getData().replaceAll('<br>', '\n');
    return [...template.content.children].map((child) => child.textContent).join('\n');
  },
  state: () => ckeditor.getData(),
  change: () =>
    ckeditor.model.change((writer) =>
      writer.insertText(CHANGE, ckeditor.model.document.getRoot()!.getChild(1)!, CHANGE_AT),
    ),
  select: (text) => selectIn(ckeditor.editing.view.getDomRoot()!, text),
};
