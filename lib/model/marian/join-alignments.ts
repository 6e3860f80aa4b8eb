// A translation of a translation: which part of the first text a piece of the last one says again. Pure.
import type { AlignedPiece, SentenceTranslation } from '../translator.ts';

/** `second` translates `first.text`; the result aligns its text with the text that `first` translates. */
export function joinAlignments(first: SentenceTranslation, second: SentenceTranslation): SentenceTranslation {
  const alignment = second.alignment.flatMap((piece) => {
    const middle = mostOverlapping(first.alignment, piece.sourceStart, piece.sourceEnd);
    return middle ? [{ ...piece, sourceStart: middle.sourceStart, sourceEnd: middle.sourceEnd }] : [];
  });
  return { text: second.text, alignment };
}

function mostOverlapping(pieces: readonly AlignedPiece[], start: number, end: number): AlignedPiece | undefined {
  let best: AlignedPiece | undefined;
  let most = 0;
  for (const piece of pieces) {
    const overlap = Math.min(piece.end, end) - Math.max(piece.start, start);
    if (overlap > most) [best, most] = [piece, overlap];
  }
  return best;
}
