// Letters that the vocabulary lacks though it knows the alphabet ("Zoë"): without their marks while they are translated.
import { spanAfter, type Edit } from '../edits.ts';
import type { Guard } from './guard.ts';

const FOLDED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};

/** A letter as ASCII letters, '' where it has none. */
export function fold(letter: string): string {
  const folded = FOLDED[letter] ?? letter.normalize('NFD').replace(/\p{M}+/gu, '');
  return /^[A-Za-z]+$/.test(folded) ? folded : '';
}

export const letters: Guard = {
  protect(sentence, { isLost }) {
    const edits: Edit[] = [];
    for (const { 0: letter, index } of sentence.matchAll(/(?![A-Za-z])\p{L}/gu)) {
      const text = isLost(letter) ? fold(letter) : '';
      if (text) edits.push({ start: index, end: index + letter.length, text });
    }
    return edits;
  },

  /** A name comes back letter by letter and gets its marks again; a word that was translated has none to get. */
  restore(own, { source, edits, prepared, translation: { text } }) {
    const restored: Edit[] = [];
    const words = [...source.matchAll(/[\p{L}\p{M}]+/gu)].filter(({ 0: word, index }) =>
      own.some((edit) => index <= edit.start && edit.end <= index + word.length),
    );
    for (const { 0: word, index } of words) {
      const { start, end } = spanAfter(edits, { start: index, end: index + word.length });
      const plain = prepared.slice(start, end).toLowerCase();
      const at = [...text.matchAll(/[\p{L}\p{M}]+/gu)].find(
        (match) => match[0].toLowerCase() === plain && restored.every((edit) => edit.start !== match.index),
      );
      if (at) restored.push({ start: at.index, end: at.index + at[0].length, text: word });
    }
    return { edits: restored, isWhole: true };
  },
};
