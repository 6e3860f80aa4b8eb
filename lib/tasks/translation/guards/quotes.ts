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
        if (curly && !isCopied(text, at, source)) edits.push({ start: at, end: at + 1, text: curly });
      }
    }
    return { edits, isWhole: true };
  },
};

/** True for the mark in a word that the source has with the very same one. */
function isCopied(text: string, at: number, source: string): boolean {
  const before = text.slice(0, at).search(/[\p{L}\p{M}]+$/u);
  if (before < 0) return false;
  const after = text.slice(at + 1).search(/[^\p{L}\p{M}]|$/u);
  return source.includes(text.slice(before, at + 1 + after));
}

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
