// Curly, low and angled quotation marks and apostrophes that the vocabulary lacks: straight while they are translated.
import type { Edit } from '../edits.ts';
import { isOpening, type Guard } from './guard.ts';

const DOUBLE = /[“”„‟«»″〝〞＂]/u;
const SINGLE = /[‘’‚‛‹›′´`＇]/u;
const COUNTERPARTS: Record<string, string> = { '“': '”', '„': '“', '«': '»', '‘': '’', '‚': '‘', '‹': '›', '»': '«' };
const CLOSED_BY: Record<string, string> = { '”': '“', '»': '«', '’': '‘', '›': '‹' };

export const quotes: Guard = {
  protect(sentence, { isLost }) {
    const edits: Edit[] = [];
    for (let start = 0; start < sentence.length; start++) {
      const character = sentence[start];
      const straight = DOUBLE.test(character) ? '"' : SINGLE.test(character) ? "'" : '';
      if (straight && isLost(character)) edits.push({ start, end: start + 1, text: straight });
    }
    return edits;
  },

  /** By place, not by count: a translation may quote more or less. Which form opens and which closes, the source shows. */
  restore(own, { source, translation: { text } }) {
    const edits: Edit[] = [];
    for (const straight of ['"', "'"]) {
      const style = styleOf(
        source,
        own.filter((edit) => edit.text === straight),
      );
      for (let at = text.indexOf(straight); at >= 0; at = text.indexOf(straight, at + 1)) {
        const curly = isOpening(text, at) ? style.opening : style.closing;
        const word = /[\p{L}\p{M}]*$/u.exec(text.slice(0, at))?.[0] + (/^['"]\p{L}*/u.exec(text.slice(at))?.[0] ?? '');
        const wasStraight = word.length > 2 && source.includes(word);
        if (curly && !wasStraight) edits.push({ start: at, end: at + 1, text: curly });
      }
    }
    return { edits, isWhole: true };
  },
};

function styleOf(source: string, own: readonly Edit[]): { opening?: string; closing?: string } {
  const opener = own.find(({ start }) => isOpening(source, start));
  const closer = own.find(({ start }) => !isOpening(source, start));
  const opening = opener && source[opener.start];
  const closing = closer && source[closer.start];
  return {
    opening: opening ?? (closing && (CLOSED_BY[closing] ?? closing)),
    closing: closing ?? (opening && (COUNTERPARTS[opening] ?? opening)),
  };
}
