// A run as text with marks: as the reader sees it, white space collapsed as CSS does.

import type { Mark, MarkedText } from '../../protocol.ts';
import type { Atom, Inline, InlineChild, Run, TextLeaf } from './inline-run.ts';

/** Shown to nobody, and in the middle of words: soft hyphens, zero-width spaces and joiners of words. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
/** What CSS collapses: a no-break space stays. */
const SPACE = /[ \t\n\r\f]+/;

/** Gives each element of the run its mark's id, in document order from 0: equal runs have equal texts and marks. */
export function serialize(run: Run): MarkedText {
  const writer = new Writer();
  const stack: (InlineChild | Mark)[] = run.children.toReversed();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (!('kind' in next)) writer.close(next);
    else if (next.kind === 'text') writer.addText(next);
    else if (next.kind === 'atom') writer.addAtom(next);
    else {
      stack.push(writer.open(next));
      for (let at = next.children.length - 1; at >= 0; at--) stack.push(next.children[at]);
    }
  }
  return writer.end();
}

class Writer {
  private text = '';
  private readonly marks: Mark[] = [];
  /** Opened, but nothing stands in them yet: white space before it stays outside. */
  private unstarted: Mark[] = [];
  /** White space was seen that shows if something follows. */
  private isSpaced = false;
  /** Nothing but white space since. */
  private lastAtom: Atom | null = null;

  open(inline: Inline): Mark {
    const mark = this.mark(inline);
    this.unstarted.push(mark);
    return mark;
  }

  close(mark: Mark): void {
    if (this.unstarted.at(-1) === mark) this.unstarted.pop();
    mark.end = Math.max(mark.start, this.text.length);
  }

  addAtom(atom: Atom): void {
    if (atom.isBreak) this.isSpaced = false;
    this.start();
    const mark = this.mark(atom);
    mark.start = mark.end = this.text.length;
    if (atom.isBreak) {
      this.text += '\n';
      return;
    }
    atom.spaceBefore = this.endsInSpace();
    atom.spaceAfter = false;
    this.lastAtom = atom;
  }

  addText({ node, spaces }: TextLeaf): void {
    const data = node.data.replace(INVISIBLE, '');
    if (spaces === 'keep') {
      const kept = data.replace(/\r\n?/g, '\n');
      this.addWord(this.text === '' ? kept.replace(/^\s+/, '') : kept);
      return;
    }
    for (const [index, line] of (spaces === 'lines' ? data.split('\n') : [data]).entries()) {
      if (index > 0) this.addLineBreak();
      for (const [at, word] of line.split(SPACE).entries()) {
        if (at > 0) this.addSpace();
        this.addWord(word);
      }
    }
  }

  end(): MarkedText {
    const text = this.text.trimEnd();
    for (const mark of this.marks) {
      mark.start = Math.min(mark.start, text.length);
      mark.end = Math.min(mark.end, text.length);
    }
    return { text, marks: this.marks };
  }

  private addWord(word: string): void {
    if (word === '') return;
    this.start();
    this.text += word;
    this.lastAtom = null;
  }

  private addSpace(): void {
    if (this.lastAtom) this.lastAtom.spaceAfter = true;
    this.isSpaced ||= this.text !== '' && !this.endsInSpace();
  }

  private addLineBreak(): void {
    this.isSpaced = false;
    if (this.text !== '') this.text += '\n';
  }

  /** Something is going to stand here. */
  private start(): void {
    if (this.isSpaced) this.text += ' ';
    this.isSpaced = false;
    for (const mark of this.unstarted) mark.start = this.text.length;
    this.unstarted = [];
  }

  private endsInSpace(): boolean {
    return /\s$/.test(this.text);
  }

  private mark(marked: Inline | Atom): Mark {
    marked.id = this.marks.length;
    const mark = { id: marked.id, start: this.text.length, end: this.text.length };
    this.marks.push(mark);
    return mark;
  }
}

/** True where a reader would read the same in any language: an address, a name of a user, no letters at all. */
export function saysTheSame(text: string): boolean {
  return !/\p{L}/u.test(text) || /^(https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[@#][\w.-]+)$/u.test(text);
}

/** Equal for runs that are translated alike. */
export function keyOf({ text, marks }: MarkedText): string {
  return `${text}\u0000${marks.map(({ start, end }) => `${start}-${end}`).join()}`;
}
