// Nothing but the browser: alone, in a frame (in-iframe.ts) and in a shadow tree (in-shadow-root.ts).
import { place } from '../editor-under-test.ts';
import { mountContenteditable } from '../contenteditable.ts';

mountContenteditable(place());
