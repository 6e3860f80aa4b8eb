import { CHANGED_TEXT, MIDDLE_TEXT, place, selectInField, TEXT } from '../editor-under-test.ts';

const field = document.createElement('textarea');
field.rows = 6;
field.cols = 80;
field.value = TEXT;
place().append(field);

window.editor = {
  text: () => field.value,
  state: () => field.value,
  change: () => (field.value = field.value.replace(MIDDLE_TEXT, CHANGED_TEXT)),
  select: (text) => selectInField(field, text),
};
