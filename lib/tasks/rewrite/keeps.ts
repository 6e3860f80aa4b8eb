// What a rewrite must not lose or add: numbers, names, addresses, code, placeholders, negations, the language, most of the length;
// and it must not be an answer. Both texts are read whole, so that what has only moved is no loss.
import type { RewriteDoubt } from '../../protocol.ts';
import { namesOf, numbersOf } from '../check.ts';
import { detectLanguage } from '../language.ts';
import { primarySubtag, stopWords } from '../stop-words.ts';
import { termsOf } from '../terms.ts';
import { verbatimIn, withoutVerbatim } from '../translation/patterns.ts';
import { countWords, wordsOf } from '../words.ts';

/** Words that deny, by language; contractions are taken apart beforehand. */
const NEGATIONS: Partial<Record<string, RegExp>> = {
  en: /(?<!\p{L})(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|scarcely|cannot|unable|\p{L}+n['’]t)(?!\p{L})/giu,
  de: /(?<!\p{L})(?:nicht|kein\p{L}*|nie|niemals|niemand\p{L}*|nichts|ohne|weder|kaum)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:ne|n(?=['’])|pas|jamais|rien|aucune?|personne|sans|ni)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:no|nunca|jamás|nada|nadie|ningun[oa]?|ningún|sin|ni|tampoco)(?!\p{L})/giu,
  pt: /(?<!\p{L})(?:não|nunca|jamais|nada|ninguém|nenhuma?|sem|nem)(?!\p{L})/giu,
  it: /(?<!\p{L})(?:non|mai|niente|nulla|nessun[oa]?|senza|né)(?!\p{L})/giu,
  nl: /(?<!\p{L})(?:niet|geen|nooit|niemand|niets|zonder|noch)(?!\p{L})/giu,
  ru: /(?<!\p{L})(?:не|нет|ни|никогда|никто|ничего|без)(?!\p{L})/giu,
  zh: /不|没|無|无|未|别|勿/gu,
  ja: /ない|なかっ|ません|ず(?=に)/gu,
};
const PLACEHOLDER = /^(?:\{\{|\$?\{|%)/;
const LINK = /^(?:[a-z]+:|www\.)|@.*\.|^[^\s`/\\]+\.[a-z]{2,}(?:\/|$)/iu;
/** A model that takes the text for a message to itself begins like this. */
const ANSWERS =
  /^(?:sure|certainly|of course|here(?:['’]s| is| are)|i(?:['’]m| am) (?:sorry|happy|glad|unable)|as an? (?:ai|text|language)|thank(?:s| you) for|i can(?:not|['’]t)? (?:help|assist)|the (?:text|paragraph|sentence|rewritten|revised|improved)|rewritten|revised|note:)/iu;

/** What a model leaves for its reader to fill in: "[Your name]". */
const BLANK = /\[(?:your|name|date|company|recipient|sender|insert|address|phone|title)(?!\p{L})[^\]\n]{0,40}\]?/giu;

export interface LengthRange {
  /** Of the words before. */
  min: number;
  max: number;
}

/** What `after` loses or adds that a rewrite of `before` must not. */
export function lossesOf(before: string, after: string, language: string, range?: LengthRange): RewriteDoubt[] {
  const doubts = new Set<RewriteDoubt>();
  const [old, fresh] = [withoutVerbatim(before), withoutVerbatim(after)];
  if (!sameBag(numbersOf(old, language), numbersOf(fresh, language))) doubts.add('number');
  if (!keepsNames(old, fresh, language)) doubts.add('name');
  for (const kind of verbatimChanges(before, after)) doubts.add(kind);
  if (!sameBag(blanksIn(before), blanksIn(after))) doubts.add('placeholder');
  if (negationsOf(old, language) !== negationsOf(fresh, language)) doubts.add('negation');
  const [from, to] = [detectLanguage(before), detectLanguage(after)];
  if (from && to && from !== to) doubts.add('language');
  if (range && !isWithin(before, after, range)) doubts.add('length');
  if (isAnswer(before, after, language)) doubts.add('answer');
  return [...doubts];
}

/** German writes all nouns with capitals, so its names cannot be told from other words. */
function keepsNames(before: string, after: string, language: string): boolean {
  if (primarySubtag(language) === 'de') return true;
  const lower = (text: string) => new Set(wordsOf(text).map((word) => bare(word)));
  const [old, fresh] = [lower(before), lower(after)];
  return (
    namesOf(before, language).every((name) => fresh.has(bare(name))) &&
    namesOf(after, language).every((name) => old.has(bare(name)))
  );
}

function bare(word: string): string {
  return word.toLowerCase().replace(/['’]s?$/, '');
}

function verbatimChanges(before: string, after: string): RewriteDoubt[] {
  const [old, fresh] = [verbatimIn(before), verbatimIn(after)].map((pieces) => pieces.map(({ text }) => text).sort());
  const changed = [...without(old, fresh), ...without(fresh, old)];
  return changed.map((piece) => (PLACEHOLDER.test(piece) ? 'placeholder' : LINK.test(piece) ? 'link' : 'code'));
}

function blanksIn(text: string): string[] {
  return text.match(BLANK) ?? [];
}

function without(all: readonly string[], less: readonly string[]): string[] {
  const left = [...less];
  return all.filter((piece) => {
    const at = left.indexOf(piece);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function sameBag(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && without(a, b).length === 0;
}

function negationsOf(text: string, language: string): number {
  const pattern = NEGATIONS[primarySubtag(language)];
  return pattern ? (text.match(pattern)?.length ?? 0) : 0;
}

function isWithin(before: string, after: string, { min, max }: LengthRange): boolean {
  const [old, fresh] = [countWords(before), countWords(after)];
  // A few words more or less say nothing of a short text.
  return fresh >= old * min - 3 && fresh <= old * max + 3;
}

/** An answer begins like one where the text does not, or shares hardly a word with it. */
function isAnswer(before: string, after: string, language: string): boolean {
  if (ANSWERS.test(after.trim()) && !ANSWERS.test(before.trim())) return true;
  const [old, fresh] = [new Set(termsOf(before, language)), new Set(termsOf(after, language))];
  if (old.size < 5 || stopWords(language).size === 0) return false;
  return [...old].filter((term) => fresh.has(term)).length / old.size < 0.2;
}
