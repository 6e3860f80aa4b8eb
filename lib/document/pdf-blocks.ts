// Puts lines together to paragraphs, headings and list items: across columns and pages, words that were hyphenated made whole.
// Pure. Knows nothing of where the lines come from.
import type { Block, Milestone } from '../article.ts';
import type { Line } from './pdf-text.ts';

/** Of the size of the text: from here on a short line is a heading. */
const HEADING_SIZE = 1.12;
const HEADING_CHARACTERS = 200;
/** Sizes nearer than this are one. */
const SAME_SIZE = 0.06;
/** Of the usual distance of two lines: more is a gap between paragraphs. */
const PARAGRAPH_GAP = 1.35;
/** Of the size of type: so far to the right begins a paragraph. */
const INDENT = 0.8;
/** Of the width of the next line: a line that ends so much before it was the last of its paragraph. */
const SHORT = 0.75;
const BULLET = /^(?:[•‣◦▪●○■–*·-]|\(?(?:\d{1,2}|[a-z])[.)])\s+(?=\S)/u;
const SENTENCE_END = /[.!?:。！？：…]["'”’»)\]]*$/u;
/** Scripts that set no spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}　-〿！-｠]/u;

interface Draft {
  kind: Block['kind'];
  lines: Line[];
}

/** The text of the lines as blocks, each with the pages that it stands on. */
export function blocksOf(lines: Line[]): Block[] {
  const bodySize = commonSize(lines);
  const leading = commonLeading(lines, bodySize);
  const drafts: Draft[] = [];
  for (const line of lines) {
    const last = drafts.at(-1);
    if (last && belongs(line, last, leading)) last.lines.push(line);
    else drafts.push({ kind: kindOf(line, bodySize), lines: [line] });
  }
  const words = new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu) ?? []));
  return drafts.map((draft) => blockOf(draft, words)).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function kindOf({ text, size }: Line, bodySize: number): Block['kind'] {
  if (size > HEADING_SIZE * bodySize && text.length <= HEADING_CHARACTERS) return 'heading';
  return BULLET.test(text) ? 'list-item' : 'paragraph';
}

function belongs(line: Line, { kind, lines }: Draft, leading: number): boolean {
  const last = lines.at(-1)!;
  if (Math.abs(line.size - last.size) > SAME_SIZE * last.size) return false;
  const isBelow = line.page === last.page && line.y < last.y;
  const spacing = leading * (last.size || 1);
  if (kind === 'heading') return isBelow && last.y - line.y < PARAGRAPH_GAP * Math.max(spacing, last.size * 1.2);
  if (BULLET.test(line.text)) return false;
  const ends = SENTENCE_END.test(last.text);
  // In the next column or on the next page, a paragraph goes on where the one before did not end.
  if (!isBelow) return !ends;
  if (last.y - line.y > PARAGRAPH_GAP * spacing) return false;
  if (!ends) return true;
  if (kind === 'paragraph' && line.x - last.x > INDENT * line.size) return false;
  return last.right - last.x >= SHORT * (line.right - last.x);
}

function blockOf({ kind, lines }: Draft, words: ReadonlySet<string>): Block {
  let text = '';
  const milestones: Milestone[] = [];
  for (const line of lines) {
    const before = text;
    text = join(text, line.text, words);
    // What was hyphenated stands where it began.
    if (milestones.at(-1)?.page !== line.page)
      milestones.push({ start: before === '' ? 0 : text.length - line.text.length, page: line.page });
  }
  if (kind !== 'list-item') return { kind, text, milestones };
  const bullet = /^[•‣◦▪●○■–*·-]\s+/u.exec(text)?.[0].length ?? 0;
  const shifted = milestones.map(({ start, ...at }) => ({ start: Math.max(0, start - bullet), ...at }));
  return { kind, text: text.slice(bullet), milestones: shifted };
}

/** A hyphen at the end of a line is taken away, unless the text has the word with it elsewhere and not without. */
function join(text: string, next: string, words: ReadonlySet<string>): string {
  if (text === '') return next;
  const [, first = '', hyphen = ''] = /(\p{L}+)([-\u00ad‐])$/u.exec(text) ?? [];
  const second = /^\p{Ll}+/u.exec(next)?.[0] ?? '';
  if (first && second) {
    const whole = (first + second).toLowerCase();
    const compound = hyphen !== '\u00ad' && words.has(`${first}-${second}`.toLowerCase()) && !words.has(whole);
    return (compound ? text : text.slice(0, -1)) + next;
  }
  // "2019-" and "2020", "Jean-" and "Luc" were broken after their own hyphen.
  if (/[\p{L}\p{N}][-‐–]$/u.test(text)) return text + next;
  const isUnspaced = UNSPACED.test(text.at(-1)!) && UNSPACED.test(next[0]);
  return text + (isUnspaced ? '' : ' ') + next;
}

/** The size that most of the characters are set in. */
function commonSize(lines: Line[]): number {
  const characters = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    characters.set(rounded, (characters.get(rounded) ?? 0) + text.length);
  }
  return [...characters].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

/** Distance of two lines of the text, in sizes of its type: the median. */
function commonLeading(lines: Line[], bodySize: number): number {
  const distances = lines
    .slice(1)
    .map((line, index) => ({ line, last: lines[index] }))
    .filter(
      ({ line, last }) =>
        line.page === last.page &&
        last.y > line.y &&
        last.y - line.y < 4 * bodySize &&
        Math.abs(line.size - bodySize) < SAME_SIZE * bodySize + 0.5,
    )
    .map(({ line, last }) => (last.y - line.y) / line.size)
    .sort((a, b) => a - b);
  return distances.at(distances.length >> 1) ?? 1.2;
}
