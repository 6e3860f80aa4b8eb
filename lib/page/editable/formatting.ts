// Whether text that was not to be changed still looks as it did. Formatting is what the inline elements around a character say.
import type { TextEdit } from './target.ts';
import type { TextMap } from './text-map.ts';

/** Of each UTF-16 unit the marks of its formatting. */
export type Marks = readonly (readonly string[])[];

/** As it is now: the elements may change or go with the next write. `withBlocks`: also which list, heading or quotation it stands in. */
export function marksOf({ characters }: TextMap, withBlocks = false): Marks {
  const known = new Map<Element, string[]>();
  return characters.map(({ format, block, breaks }) => {
    if (breaks) return [];
    const marks = known.get(format) ?? marksAround(format, block);
    known.set(format, marks);
    return withBlocks ? [...marks, pathOf(block)] : marks;
  });
}

function marksAround(format: Element, block: Element): string[] {
  const marks: string[] = [];
  for (let element: Element | null = format; element && element !== block; element = element.parentElement) {
    // As the browser writes it: it does when it puts elements back.
    const style = 'style' in element ? (element as HTMLElement).style.cssText : '';
    marks.push([element.localName, style, element.getAttribute('href')].join(' '));
  }
  return marks;
}

function pathOf(block: Element): string {
  const parent = block.parentElement;
  return parent?.isContentEditable ? `${pathOf(parent)} > ${block.localName}` : '';
}

export interface Formatted {
  text: string;
  marks: Marks;
}

/**
 * True where all outside of the edits has the marks that it had. It may have got more: links that the editor found. Spaces are not asked:
 * they come and go with what is beside them.
 */
export function keepsMarks(before: Formatted, after: Formatted, edits: TextEdit[]): boolean {
  const solid = [...after.text.matchAll(/\S/g)].map(({ index }) => after.marks[index]);
  let at = 0;
  let next = 0;
  for (let offset = 0; offset < before.text.length; offset++) {
    for (; next < edits.length && edits[next].end <= offset; next++) at += solidLength(edits[next].replacement);
    if (next < edits.length && edits[next].start <= offset) continue;
    if (/\s/.test(before.text[offset])) continue;
    if (!before.marks[offset].every((mark) => solid.at(at)?.includes(mark))) return false;
    at += 1;
  }
  return true;
}

function solidLength(text: string): number {
  return text.replace(/\s/g, '').length;
}
