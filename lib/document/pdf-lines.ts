// Puts the pieces of a page together to lines, in the order in which the file has them: columns come one after another.
// Pure. Knows nothing of paragraphs.
import type { Line, PageOfPieces, Piece } from './pdf-text.ts';

/** Of the size of type: baselines nearer than this are one line. */
const SAME_LINE = 0.5;
/** A wider gap stands between columns or cells, a narrower one than the second between letters. */
const COLUMN_GAP = 2.5;
const WORD_GAP = 0.2;
/** Smaller than its neighbour by this, and higher: set as a superscript. */
const RAISED_SIZE = 0.85;
const RAISED_BY = 0.2;

/** The page's lines. A piece that jumps back, or far to the right, begins another. */
export function linesOf({ page, height, pieces }: PageOfPieces): Line[] {
  const lines: Line[] = [];
  let line: Piece[] = [];
  const end = () => {
    const made = lineOf(line, page, height);
    if (made) lines.push(made);
    line = [];
  };
  for (const piece of pieces) {
    if (/\S/.test(piece.text)) {
      if (line.length > 0 && !continues(line, piece)) end();
      line.push(piece);
    } else if (line.length > 0 && piece.text !== '' && piece.width < COLUMN_GAP * line.at(-1)!.size) {
      line.push({ ...piece, text: ' ' });
    }
  }
  end();
  return lines;
}

function continues(line: Piece[], piece: Piece): boolean {
  const last = line.findLast(({ text }) => text !== ' ')!;
  const size = Math.max(last.size, piece.size);
  const gap = piece.x - (last.x + last.width);
  return Math.abs(piece.y - last.y) < SAME_LINE * size && gap > -size && gap < COLUMN_GAP * size;
}

function lineOf(pieces: Piece[], page: number, height: number): Line | null {
  const set = pieces.filter(({ text }) => text !== ' ');
  if (set.length === 0) return null;
  // The line's own type is what most of its characters are set in.
  const main = set.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  let text = '';
  let before: Piece | null = null;
  for (const piece of pieces) {
    if (piece.text === ' ') {
      if (!text.endsWith(' ')) text += ' ';
      continue;
    }
    const raised = before && piece.size < RAISED_SIZE * main.size && piece.y > main.y + RAISED_BY * main.size;
    if (raised && /^[\d,\s*†‡]+$/u.test(piece.text)) {
      // After a number it is a power; after a word or a sentence it names a note, which is no part of it.
      if (/\d$/.test(text)) text += `^${piece.text.trim()}`;
      else if (!/(\p{L}{3}|[.,;:!?)\]”"’])$/u.test(text)) text += piece.text;
      continue;
    }
    if (before && piece.x - (before.x + before.width) > WORD_GAP * piece.size && !/\s$/.test(text)) text += ' ';
    text += piece.text;
    before = piece;
  }
  const last = set.at(-1)!;
  return {
    page,
    text: text.replace(/\s+/g, ' ').trim(),
    x: Math.min(...set.map(({ x }) => x)),
    right: last.x + last.width,
    y: main.y,
    size: main.size,
    level: main.y / height,
  };
}
