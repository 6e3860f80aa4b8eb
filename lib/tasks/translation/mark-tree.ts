// The marks of a text as a tree. What is no tree (crossing, out of bounds, twice the same id) is the sender's fault.
import { AppError } from '../../errors.ts';
import type { Mark, MarkedText } from '../../protocol.ts';

export interface MarkNode extends Mark {
  children: MarkNode[];
}

/**
 * The outermost marks in document order. One without text belongs to the mark that it stands at the start of, not to the one at
 * whose end it stands; both readings of such a place are kept by putting it at that very end again.
 */
export function treeOf({ text, marks }: MarkedText): MarkNode[] {
  const roots: MarkNode[] = [];
  const open: MarkNode[] = [];
  const ids = new Set<number>();
  let last = 0;
  for (const { id, start, end } of marks) {
    const isPlace =
      Number.isInteger(start) && Number.isInteger(end) && last <= start && start <= end && end <= text.length;
    if (!isPlace || ids.has(id)) throw new AppError('internal', 'marks out of order or bounds');
    ids.add(id);
    last = start;
    while (open.length > 0 && open[open.length - 1].end <= start) open.pop();
    const parent = open.at(-1);
    if (parent && end > parent.end) throw new AppError('internal', 'marks cross');
    const node = { id, start, end, children: [] };
    (parent ? parent.children : roots).push(node);
    if (end > start) open.push(node);
  }
  return roots;
}
