// What the tests call in the page: lib/page/editable over a container, without an editor.
import { captureEditable } from '../../../lib/page/editable/capture.ts';
import { readTextMap } from '../../../lib/page/editable/text-map.ts';
import { offsetOf, pointsOf } from '../../../lib/page/editable/text-points.ts';
import type { EditTarget, TextEdit } from '../../../lib/page/editable/target.ts';

let target: EditTarget | null = null;

function root(): HTMLElement {
  return document.querySelector<HTMLElement>('#root')!;
}

/** The text that lies between the points of each span, and the offsets that the points lead back to. */
export function spans(of: [start: number, end: number][]): { text: string; start: number; end: number }[] {
  const map = readTextMap(root());
  return of.map(([from, to]) => {
    const points = pointsOf(map, from, to);
    if (!points) throw new Error(`no place for ${from} to ${to} of ${JSON.stringify(map.text)}`);
    const [start, end] = [offsetOf(map, points.start), offsetOf(map, points.end)];
    return { text: map.text.slice(start, end), start, end };
  });
}

export function text(): string {
  return readTextMap(root()).text;
}

/**
 * As the browser shows it. It gives a \n for the end of a paragraph and one more for the break that only holds an empty one open, so each of
 * those gets a letter for the time being.
 */
export function shown(): string {
  const fillers = [...root().querySelectorAll('br:only-child')].filter(
    (each) => each.parentElement!.textContent === '',
  );
  for (const filler of fillers) filler.replaceWith('\u2603');
  return root().innerText.replaceAll('\u2603', '');
}

export function capture(): { text: string; scope: string } | null {
  target = captureEditable(document, 'chromium');
  return target && { text: target.text, scope: target.scope };
}

export function losesFormatting(edits: TextEdit[]): boolean {
  return target!.losesFormatting(edits);
}

export function stepsOf(edits: TextEdit[]): number {
  return target!.stepsOf(edits);
}

export function apply(edits: TextEdit[]): Promise<string> {
  return target!.apply(edits);
}
