// A sentence as the translator reads it, and its translation as the reader gets it: capitals calmed, what would be lost guarded.
import type { AlignedPiece, SentenceTranslation } from '../../model/translator.ts';
import type { Span } from '../sentences.ts';
import { calm, shout, type Calmed } from './casing.ts';
import { applyEdits, sortEdits, spanAfter, spanBefore, type Edit } from './edits.ts';
import { currency } from './guards/currency.ts';
import { dashes } from './guards/dashes.ts';
import type { Dangers, Guard } from './guards/guard.ts';
import { letters } from './guards/letters.ts';
import { quotes } from './guards/quotes.ts';
import { symbols } from './guards/symbols.ts';
import { verbatim } from './guards/verbatim.ts';

/** In order of precedence: what one has claimed, the next ones leave alone. */
const GUARDS: readonly Guard[] = [verbatim, quotes, dashes, currency, letters, symbols];

/** Compatibility characters become others in the vocabulary's normal form ("™" TM, "10⁶" 106); these are no characters at all. */
const NEVER_SENT = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]/u;
const KEPT_IN_NORMAL_FORM = /[\s…ªº°\p{M}]/u;

export interface Prepared {
  text: string;
  /** False where only stand-ins are left: then the sentence is the same in every language. */
  hasWords: boolean;
  /** The translation of `text` as one of the sentence, with an alignment to the sentence; null where a stand-in has got lost. */
  restore(translation: SentenceTranslation): SentenceTranslation | null;
}

/** `unknown`: the characters that the translator would drop. */
export function prepare(sentence: string, language: string, unknown: ReadonlySet<string>, careful: boolean): Prepared {
  const calmed = calm(sentence, language);
  const claims: { guard: Guard; own: Edit[] }[] = [];
  const isFree = (span: Span) =>
    claims.every(({ own }) => own.every(({ start, end }) => span.end <= start || end <= span.start));
  const dangers: Dangers = {
    language,
    careful,
    isLost: (character) => isLost(character, unknown),
    isClaimed: (offset) => !isFree({ start: offset, end: offset + 1 }),
  };
  for (const guard of GUARDS) claims.push({ guard, own: guard.protect(calmed.text, dangers).filter(isFree) });
  const edits = sortEdits(claims.flatMap(({ own }) => own));
  const text = applyEdits(calmed.text, edits);
  const rest = applyEdits(
    calmed.text,
    edits.map((edit) => ({ ...edit, text: edit.text.length > 1 ? ' ' : edit.text })),
  );
  return {
    text,
    hasWords: /\p{L}/u.test(rest),
    restore: (translation) => restore(sentence, calmed, text, edits, claims, translation),
  };
}

function restore(
  sentence: string,
  calmed: Calmed,
  prepared: string,
  edits: readonly Edit[],
  claims: readonly { guard: Guard; own: Edit[] }[],
  translation: SentenceTranslation,
): SentenceTranslation | null {
  const shouted = calmed.shouted.map((span) => spanAfter(edits, span));
  const text = shout(translation.text, translation.alignment, prepared, calmed, shouted);
  const passage = { source: sentence, edits, prepared, translation: { text, alignment: translation.alignment } };
  const restored = claims.filter(({ own }) => own.length > 0).map(({ guard, own }) => guard.restore(own, passage));
  if (!restored.every(({ isWhole }) => isWhole)) return null;
  const back = sortEdits([...restored.flatMap((each) => each.edits), ...ellipses(sentence, text)]);
  return {
    text: applyEdits(text, back),
    alignment: translation.alignment.map((piece) => movedPiece(piece, edits, back)),
  };
}

function movedPiece(piece: AlignedPiece, edits: readonly Edit[], back: readonly Edit[]): AlignedPiece {
  const target = spanAfter(back, piece);
  const source = spanBefore(edits, { start: piece.sourceStart, end: piece.sourceEnd });
  return { ...target, sourceStart: source.start, sourceEnd: source.end };
}

/** An ellipsis is three points to the model. */
function ellipses(sentence: string, text: string): Edit[] {
  if (!sentence.includes('…') || sentence.includes('...')) return [];
  return [...text.matchAll(/\.{3}/g)].map(({ index }) => ({ start: index, end: index + 3, text: '…' }));
}

function isLost(character: string, unknown: ReadonlySet<string>): boolean {
  if (/[\p{ASCII}\p{M}]/u.test(character)) return NEVER_SENT.test(character) || unknown.has(character);
  if (unknown.has(character) || NEVER_SENT.test(character)) return true;
  return !KEPT_IN_NORMAL_FORM.test(character) && character.normalize('NFKC') !== character.normalize('NFC');
}
