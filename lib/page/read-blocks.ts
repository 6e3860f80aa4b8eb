// Reads a (copied) element as blocks in reading order. Knows markup only: what is main text was decided before.

import type { Block } from '../article.ts';
import { BLOCK_TAGS, DISPLAY_MARK } from './copied-markup.ts';
import { collapse, collapseLines } from './text.ts';

type Kind = Block['kind'];

const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/** The text of `root` as blocks: one per paragraph, heading, list item, table row, caption or piece of code. */
export function readBlocks(root: Element): Block[] {
  const reader = new BlockReader();
  reader.readChildren(root, 'paragraph');
  reader.endBlock();
  return reader.blocks;
}

export function isBlock(element: Element): boolean {
  const display = element.getAttribute(DISPLAY_MARK);
  return display ? display === 'block' : BLOCK_TAGS.has(element.localName);
}

/** What a block inside `element` is, given what it would be around it. */
function kindOf(element: Element, around: Kind): Kind {
  const tag = element.localName;
  if (/^h[1-6]$/.test(tag) || element.getAttribute('role') === 'heading') return 'heading';
  if (tag === 'li' || tag === 'dt' || tag === 'dd') return 'list-item';
  if (tag === 'blockquote') return 'quote';
  if (tag === 'figcaption' || tag === 'caption') return 'caption';
  // A heading that was never closed swallows what follows.
  return tag === 'p' && around === 'heading' ? 'paragraph' : around;
}

class BlockReader {
  readonly blocks: Block[] = [];
  private text = '';
  private kind: Kind = 'paragraph';
  /** Line breaks since the last text: two are a paragraph's end. */
  private breaks = 0;

  readChildren(element: Element, kind: Kind): void {
    for (const child of Array.from(element.childNodes)) {
      if (child.nodeType === TEXT_NODE) this.addText((child as Text).data, kind);
      else if (child.nodeType === ELEMENT_NODE) this.readElement(child as Element, kind);
    }
  }

  endBlock(): void {
    const text = collapse(this.text);
    if (/[\p{L}\p{N}]/u.test(text)) this.blocks.push({ kind: this.kind, text });
    this.text = '';
    this.breaks = 0;
  }

  private readElement(element: Element, kind: Kind): void {
    const tag = element.localName;
    if (tag === 'br') {
      this.breaks += 1;
      if (this.breaks > 1) this.endBlock();
      else this.text += ' ';
    } else if (tag === 'pre') {
      this.endBlock();
      this.blocks.push(...readPreformatted(element));
    } else if (tag === 'table' && isDataTable(element)) {
      this.endBlock();
      this.blocks.push(...readTable(element));
    } else if (isBlock(element)) {
      this.endBlock();
      this.readChildren(element, kindOf(element, kind));
      this.endBlock();
    } else if (isReferenceMark(element)) {
      // A footnote number is no part of the sentence.
    } else {
      this.readChildren(element, kindOf(element, kind));
    }
  }

  private addText(data: string, kind: Kind): void {
    if (/\S/.test(data)) {
      if (this.text.trim() === '') this.kind = kind;
      this.breaks = 0;
    }
    this.text += data;
  }
}

/** `[12]`, `[citation needed]`, or a lone number that is a link, set high: no part of the sentence. */
export function isReferenceMark(element: Element): boolean {
  if (element.localName !== 'sup') return false;
  const text = collapse(element.textContent);
  return /^(\[[^\]]{1,40}\]\s*)+$/.test(text) || (/^\d{1,3}$/.test(text) && element.querySelector('a') !== null);
}

/** Code keeps its lines; a whole text set in `pre` (mails, RFCs, plain text files) is read by its empty lines. */
function readPreformatted(element: Element): Block[] {
  const text = collapseLines(linesOf(element));
  if (!/\S/.test(text)) return [];
  if (!isProse(element, text)) return [{ kind: 'code', text }];
  return text
    .split(/\n\s*\n/)
    .map((part) => collapse(part))
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((part) => ({ kind: 'paragraph', text: part }));
}

/** The text with its line feeds, and one for each line that markup makes. */
function linesOf(element: Element): string {
  let text = '';
  for (const child of Array.from(element.childNodes)) {
    if (child.nodeType === TEXT_NODE) text += (child as Text).data;
    if (child.nodeType !== ELEMENT_NODE) continue;
    const inner = child as Element;
    if (inner.localName === 'br') text += '\n';
    else if (isBlock(inner)) text += `${text === '' || text.endsWith('\n') ? '' : '\n'}${linesOf(inner)}\n`;
    else text += linesOf(inner);
  }
  return text;
}

function isProse(element: Element, text: string): boolean {
  if (element.querySelector('code, .hljs, [class*="language-"], [class*="highlight"]')) return false;
  const words = text.match(/[\p{L}\p{M}\p{N}'’,.-]+/gu) ?? [];
  const wordCharacters = words.reduce((sum, word) => sum + word.length, 0);
  const lines = text.split('\n').filter((line) => /\S/.test(line));
  return words.length > 40 && words.length / lines.length > 5 && wordCharacters / text.replace(/\s/g, '').length > 0.9;
}

/** Rows of short cells are a table; a table around whole paragraphs or other tables is layout. */
function isDataTable(table: Element): boolean {
  if (table.querySelector('table, p + p, h1, h2, h3, pre, blockquote')) return false;
  const cells = Array.from(table.querySelectorAll('td, th'));
  const rows = table.querySelectorAll('tr').length;
  if (cells.length <= rows && !table.querySelector('th')) return false;
  const long = cells.filter((cell) => cell.textContent.length > 300).length;
  return long * 4 < cells.length;
}

function readTable(table: Element): Block[] {
  const blocks: Block[] = [];
  for (const row of Array.from(table.querySelectorAll('caption, tr'))) {
    if (row.localName === 'caption') {
      const text = collapse(row.textContent);
      if (text) blocks.push({ kind: 'caption', text });
      continue;
    }
    const cells = Array.from(row.children)
      .map((cell) =>
        readBlocks(cell)
          .map((block) => block.text)
          .join(' '),
      )
      .filter((text) => text !== '');
    if (cells.length > 0) blocks.push({ kind: 'table', text: cells.join(' | ') });
  }
  return blocks;
}
