import * as monaco from 'monaco-editor';
import { CHANGE, CHANGE_AT, place, TEXT } from '../editor-under-test.ts';

place().style.cssText = 'width: 900px; height: 300px;';
const code = monaco.editor.create(place(), { value: TEXT, language: 'plaintext' });
const model = code.getModel()!;

window.editor = {
  text: () => model.getValue(),
  state: () => model.getValue(),
  change: () => model.applyEdits([{ range: new monaco.Range(2, 1 + CHANGE_AT, 2, 1 + CHANGE_AT), text: CHANGE }]),
  select: (text) => {
    const [found] = model.findMatches(text, false, false, true, null, false);
    code.setSelection(found.range);
    code.focus();
  },
};
