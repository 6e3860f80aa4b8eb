// A sentence as the translator reads it, and its translation as the reader gets it: capitals calmed, what would be lost guarded.
import type { AlignedPiece, SentenceTranslation } from '../../model/translator.ts';
import type { LanguagePair } from '../../protocol.ts';
import type { Span } from '../sentences.ts';
import { wordsOf } from '../words.ts';
import { calm, shout, type Calmed } from './casing.ts';
import { applyEdits, changesOf, sortEdits, spanAfter, spanBefore, type Edit } from './edits.ts';
import { currency } from './guards/currency.ts';
import { dashes } from './guards/dashes.ts';
import type { Dangers, Guard, Passage, Return } from './guards/guard.ts';
import { letters } from './guards/letters.ts';
import { quotes } from './guards/quotes.ts';
import { symbols } from './guards/symbols.ts';
import { verbatim } from './guards/verbatim.ts';
import { copiedNumbers } from './numbers.ts';

/** In order of precedence: what one has claimed, the next ones leave alone. */
const GUARDS: readonly Guard[] = [verbatim, quotes, dashes, currency, letters, symbols];

/** No characters at all. */
const NEVER_SENT = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]/u;
/**
 * Compatibility characters become others in the vocabulary's normal form ("™" TM, "10⁶" 106). These say the same in it: letters,
 * digits and punctuation of full and half width among them.
 */
const KEPT_IN_NORMAL_FORM = /[\s…ªº°\p{M}\uff01-\uffee]/u;

/** Brackets of any script, and dashes, which may become brackets. */
const HAS_BRACKETS = /[\p{Ps}‒-―]/u;
const BRACKETED = /^\([^()]*\)\s+|\s+\([^()]*(?:\)|$)/g;
/** One word and nothing else, twice or more. */
const SAID_AGAIN = /^([\p{L}\p{M}\p{N}-]+)(?: \1)+$/iu;

export interface Prepared {
  text: string;
  /** False where only stand-ins are left: then the sentence is the same in every language. */
  hasWords: boolean;
  /** The translation of `text` as one of the sentence, with an alignment to the sentence; null where a stand-in has got lost. */
  restore(translation: SentenceTranslation): SentenceTranslation | null;
}

/** `unknown`: the characters that the translator would drop. */
export function prepare(
  sentence: string,
  pair: LanguagePair,
  unknown: ReadonlySet<string>,
  careful: boolean,
): Prepared {
  const calmed = calm(sentence, pair.from);
  const claims: { guard: Guard; own: Edit[] }[] = [];
  const isFree = (span: Span) =>
    claims.every(({ own }) => own.every(({ start, end }) => span.end <= start || end <= span.start));
  const dangers: Dangers = {
    pair,
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
    restore: (translation) => restore({ source: sentence, edits, prepared: text, pair, translation }, calmed, claims),
  };
}

function restore(
  made: Passage,
  calmed: Calmed,
  claims: readonly { guard: Guard; own: Edit[] }[],
): SentenceTranslation | null {
  const { source, edits, prepared } = made;
  const { text: said, alignment } = withoutAdditions(source, made.translation);
  const shouted = calmed.shouted.map((span) => spanAfter(edits, span));
  const text = shout(said, alignment, prepared, calmed, shouted);
  const passage = { ...made, translation: { text, alignment } };
  const restored = claims.filter(({ own }) => own.length > 0).map(({ guard, own }) => guard.restore(own, passage));
  if (!restored.every(({ isWhole }) => isWhole)) return null;
  const returned = restored.flatMap((each) => each.edits);
  const isFree = (edit: Edit) => returned.every(({ start, end }) => edit.end <= start || end <= edit.start);
  const back: Return[] = sortEdits([...returned, ...corrections(source, text, made.pair).filter(isFree)]);
  return { text: applyEdits(text, back), alignment: movedAlignment(alignment, edits, back) };
}

/** The alignment after the edits on both sides; what a guard has put back says what it stood for, whatever the model says. */
function movedAlignment(
  alignment: readonly AlignedPiece[],
  edits: readonly Edit[],
  back: readonly Return[],
): AlignedPiece[] {
  const known = changesOf(back).flatMap(({ to }, index) => {
    const { source } = back[index];
    return source ? [{ ...to, sourceStart: source.start, sourceEnd: source.end }] : [];
  });
  const moved = alignment.map((piece): AlignedPiece => {
    const source = spanBefore(edits, { start: piece.sourceStart, end: piece.sourceEnd });
    return { ...spanAfter(back, piece), sourceStart: source.start, sourceEnd: source.end };
  });
  const others = moved.filter((piece) => known.every(({ start, end }) => piece.end <= start || end <= piece.start));
  return known.length === 0 ? moved : [...others, ...known].sort((a, b) => a.start - b.start);
}

/** Without what the models add to names, titles and labels: "(em inglês)", often cut off, and a lone word said again. */
function withoutAdditions(sentence: string, { text, alignment }: SentenceTranslation): SentenceTranslation {
  const added: Span[] = [];
  if (text.includes('(') && !HAS_BRACKETS.test(sentence))
    for (const { 0: found, index } of text.matchAll(BRACKETED)) added.push({ start: index, end: index + found.length });
  const said = SAID_AGAIN.exec(text);
  if (said && wordsOf(sentence).length === 1) added.push({ start: said[1].length, end: text.length });
  if (added.length === 0) return { text, alignment };
  const edits = sortEdits(added.map((span) => ({ ...span, text: '' })));
  const rest = alignment.map((piece) => ({ ...piece, ...spanAfter(edits, piece) }));
  return { text: applyEdits(text, edits), alignment: rest.filter(({ start, end }) => start < end) };
}

/** What the models do that no sentence wants. */
function corrections(sentence: string, text: string, pair: LanguagePair): Edit[] {
  const edits = copiedNumbers(sentence, text, pair);
  // An ellipsis is three points to them.
  if (sentence.includes('…') && !sentence.includes('...'))
    for (const { index } of text.matchAll(/\.{3}/g)) edits.push({ start: index, end: index + 3, text: '…' });
  // In dialogues they begin quotations that they do not end.
  const marks = /["“”„«»]/.test(sentence) ? [] : [...text.matchAll(/"/g)];
  if (marks.length % 2 === 1) for (const { index } of marks) edits.push({ start: index, end: index + 1, text: '' });
  const small = /^\P{L}*\p{Lu}/u.test(sentence) ? /^\P{L}*(?=\p{Ll})/u.exec(text) : null;
  if (small) {
    const [letter] = text.slice(small[0].length);
    edits.push({ start: small[0].length, end: small[0].length + letter.length, text: letter.toUpperCase() });
  }
  return edits;
}

function isLost(character: string, unknown: ReadonlySet<string>): boolean {
  if (/[\p{ASCII}\p{M}]/u.test(character)) return NEVER_SENT.test(character) || unknown.has(character);
  if (unknown.has(character) || NEVER_SENT.test(character)) return true;
  return !KEPT_IN_NORMAL_FORM.test(character) && character.normalize('NFKC') !== character.normalize('NFC');
}
