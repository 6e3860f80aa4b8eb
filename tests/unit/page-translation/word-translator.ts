// A translator for tests: word by word, in the same or the opposite order, with each mark on the words that it stood on.
import type { Mark, MarkedText, Translation } from '../../../lib/protocol.ts';
import { treeOf, type MarkNode } from '../../../lib/tasks/translation/mark-tree.ts';

export type WordOrder = 'same' | 'opposite';

/** "word" says "xword" in that language. */
export function sayWord(word: string): string {
  return /\p{L}/u.test(word) ? `x${word}` : word;
}

export function translateWords(source: MarkedText, order: WordOrder): Translation {
  const lines: { from: number; to: number }[] = [];
  for (let from = 0; from <= source.text.length;) {
    const end = source.text.indexOf('\n', from);
    const to = end < 0 ? source.text.length : end;
    lines.push({ from, to });
    from = to + 1;
  }
  const writer = new Writer(source.text, order);
  // Marks over several lines stay in their order: a text of which every line is turned by itself could not hold them.
  const roots = treeOf(source);
  const isOver = roots.some(({ start, end }) => source.text.slice(start, end).includes('\n'));
  if (isOver) writer.write(0, source.text.length, roots, 'same');
  else
    lines.forEach(({ from, to }, index) => {
      const isLast = index === lines.length - 1;
      const inLine = ({ start, end }: Mark) => start >= from && end <= to && (isLast || start <= to);
      if (index > 0) writer.text += '\n';
      writer.write(from, to, roots.filter(inLine), order);
    });
  return { text: writer.text, marks: writer.marks.sort((a, b) => a.start - b.start || a.id - b.id), kept: [] };
}

type Item = { word: string } | { mark: MarkNode };

class Writer {
  text = '';
  readonly marks: Mark[] = [];

  constructor(
    private readonly source: string,
    private readonly order: WordOrder,
  ) {}

  write(from: number, to: number, nodes: MarkNode[], order = this.order): void {
    const items = this.itemsOf(from, to, nodes);
    if (order === 'opposite') {
      // What ends a line (its break) still does.
      const end = items.findLastIndex((item) => 'word' in item || item.mark.start < to) + 1;
      items.splice(0, end, ...items.slice(0, end).reverse());
    }
    if (order === 'same') {
      let at = from;
      for (const item of items) {
        this.text += /^\s*/.exec(this.source.slice(at, to))![0];
        at = this.append(item);
      }
      return;
    }
    items.forEach((item, index) => {
      if (index > 0 && !/\s$/.test(this.text)) this.text += ' ';
      this.append(item);
    });
  }

  private ends = new WeakMap<Item, number>();

  private append(item: Item): number {
    if ('word' in item) this.text += sayWord(item.word);
    else {
      const start = this.text.length;
      const mark = { id: item.mark.id, start, end: start };
      this.marks.push(mark);
      this.write(item.mark.start, item.mark.end, item.mark.children);
      mark.end = this.text.length;
    }
    return this.ends.get(item)!;
  }

  private itemsOf(from: number, to: number, nodes: MarkNode[]): Item[] {
    const items: Item[] = [];
    const add = (item: Item, end: number) => {
      items.push(item);
      this.ends.set(item, end);
    };
    let at = from;
    const addWords = (end: number) => {
      for (const { 0: word, index } of this.source.slice(at, end).matchAll(/\S+/g))
        add({ word }, at + index + word.length);
      at = end;
    };
    for (const mark of nodes) {
      addWords(mark.start);
      add({ mark }, mark.end);
      at = mark.end;
    }
    addWords(to);
    return items;
  }
}
