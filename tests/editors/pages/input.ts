import { CHANGED_TEXT, MIDDLE_TEXT, place, selectInField } from '../editor-under-test.ts';

const field = document.createElement('input');
field.size = 80;
field.value = MIDDLE_TEXT;
place().append(field);

window.editor = {
  text: () => field.value,
  state: () => field.value,
  change: () => (field.value = CHANGED_TEXT),
  select: (text) => selectInField(field, text),
};
