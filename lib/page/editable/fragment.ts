// What an editor copies, in its own format, with edits in it: all that is not text stays as the editor has it. Pure but for parsing HTML.
import type { TextEdit } from './target.ts';
import type { Character } from './text-map.ts';

/** The formats that are known here, as editors name them on the clipboard. */
export type FragmentFormat = 'application/x-lexical-editor' | 'application/x-slate-fragment' | 'text/html';

/** A piece of text somewhere in a fragment. */
interface Leaf {
  text: string;
}

interface Fragment {
  /** In the order of the text. */
  leaves: Leaf[];
  print: () => string;
}

/**
 * `data` with the edits in it, which are offsets into `text`, of which `data` is a copy. Null where it is not one, or cannot take them.
 * No replacement has a line break: those are no text in these formats.
 */
export function editFragment(
  format: FragmentFormat,
  data: string,
  text: string,
  characters: readonly Character[],
  edits: TextEdit[],
): string | null {
  const fragment = parse(format, data);
  if (!fragment) return null;
  const { leaves, print } = fragment;
  const split = leaves.map((leaf) => leaf.text.split('').map((unit): Cell => ({ unit })));
  const cells = cellsOf(split.flat(), text, characters);
  if (!cells || !edits.every((edit) => applyTo(cells, edit))) return null;
  for (const [index, leaf] of leaves.entries()) leaf.text = split[index].map(({ unit }) => unit).join('');
  return print();
}

function parse(format: FragmentFormat, data: string): Fragment | null {
  try {
    switch (format) {
      case 'application/x-lexical-editor':
        return jsonFragment(JSON.parse(data), JSON.stringify);
      case 'application/x-slate-fragment':
        return slateFragment(JSON.parse(decodeURIComponent(atob(data))));
      case 'text/html':
        return htmlFragment(data);
    }
  } catch {
    return null; // another version's
  }
}

function jsonFragment(root: unknown, print: (value: unknown) => string): Fragment {
  const leaves: Leaf[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (value && typeof value === 'object') {
      if ('text' in value && typeof value.text === 'string') leaves.push(value as Leaf);
      if ('nodes' in value) visit(value.nodes);
      if ('children' in value) visit(value.children);
    }
  };
  visit(root);
  return { leaves, print: () => print(root) };
}

/** Slate keeps the kinds of paragraphs, but not of what holds others (a list): null where the last is another than the first. */
function slateFragment(root: unknown): Fragment | null {
  const nodes = Array.isArray(root) ? (root as { children?: { children?: unknown }[] }[]) : [];
  const ends = [nodes.at(0), nodes.at(-1)];
  const kinds = ends.map((node) => JSON.stringify({ ...node, children: null }));
  const isFlat = ends.every((node) => node?.children?.every(({ children }) => children === undefined));
  if (kinds[0] !== kinds[1] && !isFlat) return null;
  return jsonFragment(root, (value) => btoa(encodeURIComponent(JSON.stringify(value))));
}

function htmlFragment(html: string): Fragment {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const leaves: Leaf[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    leaves.push({
      get text() {
        return text.data;
      },
      set text(data) {
        text.data = data;
      },
    });
  }
  return { leaves, print: () => body.innerHTML };
}

/** A character of a leaf; what comes instead may be longer, or nothing. */
interface Cell {
  unit: string;
}

/** Of each character of the text; null for those that are no text to the editor. Null where the leaves are of another text. */
function cellsOf(all: Cell[], text: string, characters: readonly Character[]): (Cell | null)[] | null {
  const rest = all.filter(({ unit }) => unit !== '\n');
  const cells = characters.map(({ breaks, island }) => (breaks || island ? null : (rest.shift() ?? null)));
  const isCopy = characters.every(({ breaks, island }, at) => breaks || island || isSame(cells[at]?.unit, text[at]));
  return isCopy && rest.length === 0 ? cells : null;
}

function isSame(unit: string | undefined, other: string): boolean {
  return unit === other || (unit !== undefined && /[ \u00a0]/.test(unit) && /[ \u00a0]/.test(other));
}

/** False where its place is not in a leaf. */
function applyTo(cells: (Cell | null)[], { start, end, replacement }: TextEdit): boolean {
  if (start === end) {
    // As typing does, it goes on with what stands before.
    const [before, after] = [cells.at(start - 1), cells.at(start)];
    if (start > 0 && before) before.unit += replacement;
    else if (after) after.unit = replacement + after.unit;
    return (start > 0 && Boolean(before)) || Boolean(after);
  }
  const [first, ...others] = cells.slice(start, end);
  if (!first || others.some((cell) => cell === null)) return false;
  first.unit = replacement;
  for (const cell of others) cell!.unit = '';
  return true;
}
