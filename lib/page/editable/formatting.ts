// Whether text that was not to be changed still looks as it did. Formatting is what the inline elements around a character say.
import type { TextEdit } from './target.ts';
import type { TextMap } from './text-map.ts';

/** Of each UTF-16 unit the marks of its formatting. */
export type Marks = readonly (readonly string[])[];

/** As it is now: the elements may change or go with the next write. */
export function marksOf({ characters }: TextMap): Marks {
  const known = new Map<Element, string[]>();
  return characters.map(({ format, block, breaks }) => {
    if (breaks) return [];
    const marks = known.get(format) ?? marksAround(format, block);
    known.set(format, marks);
    return marks;
  });
}

function marksAround(format: Element, block: Element): string[] {
  const marks: string[] = [];
  for (let element: Element | null = format; element && element !== block; element = element.parentElement) {
    marks.push([element.localName, element.getAttribute('style'), element.getAttribute('href')].join(' '));
  }
  return marks;
}

/** True where all outside of the edits has the marks that it had. It may have got more: links that the editor found. */
export function keepsMarks(before: Marks, after: Marks, edits: TextEdit[]): boolean {
  let shift = 0;
  let next = 0;
  return before.every((marks, offset) => {
    for (; next < edits.length && edits[next].end <= offset; next++) {
      shift += edits[next].replacement.length - (edits[next].end - edits[next].start);
    }
    if (next < edits.length && edits[next].start <= offset) return true;
    return marks.every((mark) => after.at(offset + shift)?.includes(mark));
  });
}
