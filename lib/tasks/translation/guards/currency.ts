// Currency signs that the vocabulary lacks: the dollar sign stands in for them, on a second try their ISO 4217 code.
import type { Edit } from '../edits.ts';
import type { Guard } from './guard.ts';

const CODES: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '￥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₪': 'ILS',
  '₫': 'VND',
  '₴': 'UAH',
  '₦': 'NGN',
  '₱': 'PHP',
  '฿': 'THB',
  '₡': 'CRC',
  '₲': 'PYG',
  '₿': 'BTC',
};
const DOLLAR = '$';
/** Models add whose dollar it is, and spaces. */
const WRITTEN_DOLLAR = /(?:(?<!\p{L})(?:US|U|R|A|C)\s?)?\$\s?/gu;

export const currency: Guard = {
  protect(sentence, { isLost, careful }) {
    const edits: Edit[] = [];
    for (let start = 0; start < sentence.length; start++) {
      const code = CODES[sentence[start]];
      if (!code || !isLost(sentence[start])) continue;
      const precedes = /^\s?\p{N}/u.test(sentence.slice(start + 1, start + 3));
      const follows = /\p{N}\s?$/u.test(sentence.slice(Math.max(0, start - 2), start));
      const isGlued = /\S/.test(sentence[start - 1] ?? ' ');
      if (precedes && !careful) edits.push({ start, end: start + 1, text: DOLLAR });
      else if (precedes)
        edits.push({ start, end: start + 1, text: /\s/.test(sentence[start + 1]) ? code : `${code} ` });
      else if (follows || isGlued) edits.push({ start, end: start + 1, text: isGlued ? ` ${code}` : code });
      else edits.push({ start, end: start + 1, text: code });
    }
    return edits;
  },

  restore(own, { source, translation: { text } }) {
    const dollars = own.filter((edit) => edit.text === DOLLAR);
    const restored = own.flatMap((edit) => (edit.text === DOLLAR ? [] : codeBack(edit, source, text)));
    if (dollars.length === 0) return { edits: restored, isWhole: true };
    // Dollars of the source stand between the stand-ins: which is which, their order tells.
    const signs = signsOf(source, own);
    const written = [...text.matchAll(WRITTEN_DOLLAR)];
    const isWhole = written.length === signs.length;
    if (!isWhole) return { edits: restored, isWhole };
    written.forEach((match, index) => {
      const edit = signs[index];
      if (!edit) return;
      const space = /\s/.test(source[edit.end] ?? '') ? source[edit.end] : '';
      const before = /^\s/.test(match[0]) ? ' ' : '';
      const hasNumber = /\p{N}/u.test(text[match.index + match[0].length] ?? '');
      const sign = source.slice(edit.start, edit.end) + (hasNumber ? space : match[0].endsWith(' ') ? ' ' : '');
      restored.push({ start: match.index, end: match.index + match[0].length, text: before + sign });
    });
    return { edits: restored, isWhole };
  },
};

/** The sentence's dollar signs and stand-ins in order; null for the dollars. */
function signsOf(source: string, own: readonly Edit[]): (Edit | null)[] {
  const signs: (Edit | null)[] = [];
  for (let at = 0; at < source.length; at++) {
    const edit = own.find(({ start, text }) => start === at && text === DOLLAR);
    if (edit || source[at] === DOLLAR) signs.push(edit ?? null);
  }
  return signs;
}

/** A code that the translation has kept becomes the sign again; one that it has put into words stays in words. */
function codeBack(edit: Edit, source: string, text: string): Edit[] {
  const sign = source.slice(edit.start, edit.end);
  const code = edit.text.trim();
  const prefix = new RegExp(`(?<!\\p{L})${code}\\s?(?=\\p{N})`, 'u').exec(text);
  const found = prefix ?? new RegExp(`(?<!\\p{L})${code}(?!\\p{L})`, 'u').exec(text);
  return found ? [{ start: found.index, end: found.index + found[0].length, text: sign }] : [];
}
