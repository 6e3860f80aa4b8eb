import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CHANGED_TEXT, MIDDLE_TEXT, place, selectInField, TEXT } from '../editor-under-test.ts';

let state = TEXT;
let set: (text: string) => void;

function Controlled() {
  const [value, setValue] = useState(TEXT);
  state = value;
  set = setValue;
  return createElement('textarea', {
    rows: 6,
    cols: 80,
    value,
    onChange: (event: { target: HTMLTextAreaElement }) => setValue(event.target.value),
  });
}

createRoot(place()).render(createElement(Controlled));

window.editor = {
  text: () => state,
  state: () => state,
  change: () => set(state.replace(MIDDLE_TEXT, CHANGED_TEXT)),
  select: (text) => selectInField(place().querySelector('textarea')!, text),
};
