// Where a translation puts what stands in a run: for each element the order of the elements in it and the text between them.
// Every character lands exactly once, in its order, and no element leaves its parent, whatever the marks say.

import type { Mark, Translation } from '../../protocol.ts';
import type { Atom, Inline, Marked, Run } from './inline-run.ts';
import { isMarked } from './inline-run.ts';

/** Text between two elements. */
export interface Gap {
  text: string;
  /** The place in the translation of the character at `lead`; those before it are spaces of our own. */
  start: number;
  lead: number;
}

export interface Arrangement {
  parent: Run | Inline;
  /** The elements that stand directly in the parent. */
  order: Marked[];
  /** Before each of them, and after the last. */
  gaps: Gap[];
}

interface Placed {
  child: Marked;
  start: number;
  end: number;
}

const OPENING = /[(\[{«“‘¿¡]$/u;
const CLOSING = /^[.,;:!?)\]}»”’…]/u;

/** The arrangement of the run, then those of the elements in it. */
export function arrange(run: Run, translation: Translation): Arrangement[] {
  const marks = new Map(translation.marks.map((mark) => [mark.id, mark]));
  const stack: (Omit<Placed, 'child'> & { parent: Run | Inline })[] = [
    { parent: run, start: 0, end: translation.text.length },
  ];
  const arrangements: Arrangement[] = [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { parent, start, end } = next;
    const placed = place(parent.children.filter(isMarked), marks, start, end);
    const order = placed.map(({ child }) => child);
    const gaps = gapsBetween(placed, translation.text, start, end);
    order.forEach((child, index) => fitAround(child, gaps[index], gaps[index + 1]));
    arrangements.push({ parent, order, gaps });
    for (const { child, ...range } of placed) if (child.kind === 'inline') stack.push({ parent: child, ...range });
  }
  return arrangements;
}

/** In the order of the translation, disjoint, within the parent. */
function place(children: Marked[], marks: Map<number, Mark>, start: number, end: number): Placed[] {
  const within = (offset: number) => Math.min(Math.max(offset, start), end);
  let last = start;
  const wanted = children.map((child): Placed => {
    const mark = marks.get(child.id);
    // Forgotten by the translator: stays behind the one that it stood behind.
    const placed = { child, start: within(mark?.start ?? last), end: within(mark?.end ?? last) };
    last = placed.end;
    return placed;
  });
  let free = start;
  return wanted
    .toSorted((a, b) => a.start - b.start)
    .map((placed) => {
      const from = Math.max(placed.start, free);
      free = Math.max(placed.end, from);
      return { child: placed.child, start: from, end: free };
    });
}

function gapsBetween(placed: Placed[], text: string, start: number, end: number): Gap[] {
  const starts = [start, ...placed.map((each) => each.end)];
  const ends = [...placed.map((each) => each.start), end];
  return starts.map((from, index) => ({ text: text.slice(from, ends[index]), start: from, lead: 0 }));
}

/** A line break stands for its `\n`; around an atom is space where there was. */
function fitAround(child: Marked, before: Gap, after: Gap): void {
  if (child.kind === 'inline') return;
  if (child.isBreak) {
    before.text = before.text.replace(/\n?[ \t]*$/, '');
    const rest = after.text.replace(/^[ \t]*\n?/, '');
    after.start += after.text.length - rest.length;
    after.text = rest;
    return;
  }
  if (needsSpace(child, before, 'before')) before.text += ' ';
  if (needsSpace(child, after, 'after')) {
    after.text = ` ${after.text}`;
    after.lead = 1;
  }
}

function needsSpace(atom: Atom, gap: Gap, side: 'before' | 'after'): boolean {
  if (side === 'before') return atom.spaceBefore && !/\s$/.test(gap.text) && !OPENING.test(gap.text);
  return atom.spaceAfter && !/^\s/.test(gap.text) && !CLOSING.test(gap.text);
}
