// The translation after its paragraph, in an element of our own within the same box: the page's nodes are not touched.

import type { Translation } from '../../protocol.ts';
import { arrange } from './arrange.ts';
import { cloneAtom, cloneInline } from './clone.ts';
import type { Inline, Run } from './inline-run.ts';
import { OWN_TAG } from './own-tag.ts';
import type { RunState } from './run-state.ts';
import type { Shown, WrittenText } from './shown.ts';
import { rangeOf } from './shown.ts';

/** After the line that the run is in. `original` holds. `language` is the translation's, as BCP 47. */
export function showBeside(
  run: Run,
  lineEnd: Node,
  original: RunState,
  translation: Translation,
  language: string,
  direction: 'ltr' | 'rtl',
): Shown {
  const { parent } = run;
  const element = parent.ownerDocument.createElement(OWN_TAG);
  element.setAttribute('lang', language);
  element.setAttribute('dir', direction);
  element.setAttribute('translate', 'no');
  const written = fill(element, run, translation);
  const box = lineEnd.parentNode ?? parent;
  box.insertBefore(element, lineEnd.nextSibling);
  return {
    place: 'beside',
    isIntact: () => element.parentNode === box && original.holds(),
    undo: () => element.remove(),
    owns: (node) => node === box || node === element,
    rangeOf: (start, end) => rangeOf(written, start, end),
  };
}

function fill(element: Element, run: Run, translation: Translation): WrittenText[] {
  const copies = new Map<Run | Inline, Element>([[run, element]]);
  const written: WrittenText[] = [];
  for (const { parent, order, gaps } of arrange(run, translation)) {
    const copy = copies.get(parent)!;
    gaps.forEach((gap, index) => {
      if (gap.text !== '') {
        const node = element.ownerDocument.createTextNode(gap.text);
        copy.append(node);
        written.push({ node, start: gap.start, end: gap.start + gap.text.length - gap.lead, lead: gap.lead });
      }
      const child = order.at(index);
      if (index === order.length || !child) return;
      if (child.kind === 'atom') {
        const atom = cloneAtom(child);
        if (atom) copy.append(atom);
      } else {
        const inline = cloneInline(child.element);
        copies.set(child, inline);
        copy.append(inline);
      }
    });
  }
  return written.sort((a, b) => a.start - b.start);
}
