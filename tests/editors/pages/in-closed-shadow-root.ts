import { mountContenteditable } from '../contenteditable.ts';
import { place } from '../editor-under-test.ts';

mountContenteditable(place().attachShadow({ mode: 'closed' }));
