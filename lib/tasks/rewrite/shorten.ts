// Fewer words that say the same: wordy phrases exchanged by rule, clauses cut where the language model finds the sentence no less
// natural without. An edit that would lose a number, name, address, code or negation is not proposed.
import type { LanguageModel } from '../../model/language-model.ts';
import { shorteningPrompt } from '../prompts.ts';
import { segment } from '../sentences.ts';
import type { Span } from '../sentences.ts';
import { primarySubtag } from '../stop-words.ts';
import { verbatimIn } from '../translation/patterns.ts';
import { clauseCuts, consented } from '../trim.ts';
import { countWords } from '../words.ts';
import { applyHunks } from './diff.ts';
import type { Edit } from './diff.ts';
import { lossesOf } from './keeps.ts';
import { quotedSpans } from './quoted.ts';
import { wordyPhrases } from './wordy-phrases.ts';

/** What is left of a sentence whose opening goes. */
const MIN_WORDS_LEFT = 3;
/** Before a word of degree these turn its meaning: "not very good" is not "not good". */
const TURNS =
  /(?<!\p{L})(?:not|no|never|without|hardly|barely|\p{L}+n['’]t|cannot|only|almost|nearly|how|so|too|as|the|if)(?:\s+\p{L}+)?\s*$/iu;

/** True where rules know the language. */
export function canShorten(language: string): boolean {
  return wordyPhrases(primarySubtag(language)) !== null;
}

/** Edits of a paragraph by rule alone: disjoint, in order. */
export function wordyEdits(paragraph: string, language: string): Edit[] {
  const phrases = wordyPhrases(primarySubtag(language));
  if (!phrases) return [];
  const edits: Edit[] = [];
  const taken: Span[] = [...verbatimIn(paragraph), ...quotedSpans(paragraph)];
  const propose = (edit: Edit) => {
    if (taken.some(({ start, end }) => edit.start < end && start < edit.end)) return;
    if (lossesOf(paragraph, applyHunks(paragraph, [edit]), language).length > 0) return;
    taken.push(edit);
    edits.push(edit);
  };
  for (const { start, end } of segment(paragraph, language)) {
    const sentence = paragraph.slice(start, end);
    const opening = phrases.openings.map((pattern) => pattern.exec(sentence)).find((match) => match !== null);
    if (opening && countWords(sentence.slice(opening[0].length)) >= MIN_WORDS_LEFT) {
      propose(dropBefore(paragraph, start, start + opening[0].length));
    }
  }
  for (const { pattern, replacement } of phrases.anywhere) {
    for (const { 0: phrase, index } of paragraph.matchAll(pattern)) {
      const before = paragraph.slice(0, index);
      if (replacement === '') {
        if (!TURNS.test(before)) propose(dropping(paragraph, index, index + phrase.length));
      } else propose({ start: index, end: index + phrase.length, replacement: inCaseOf(phrase, replacement) });
    }
  }
  return edits.sort((a, b) => a.start - b.start);
}

/** The clauses of a paragraph that `wordyEdits` leaves and that may go if the model agrees. */
export function cuttableClauses(paragraph: string, language: string): Edit[] {
  if (primarySubtag(language) !== 'en') return [];
  const taken: Span[] = [...wordyEdits(paragraph, language), ...verbatimIn(paragraph), ...quotedSpans(paragraph)];
  return clauseCuts(paragraph)
    .map((cut) => ({ ...cut, replacement: '' }))
    .filter((cut) => taken.every(({ start, end }) => cut.end <= start || end <= cut.start))
    .filter((cut) => lossesOf(paragraph, applyHunks(paragraph, [cut]), language).length === 0);
}

/** Those of the clauses that the model can do without. */
export async function consentedClauses(
  paragraph: string,
  clauses: readonly Edit[],
  language: string,
  model: LanguageModel,
  signal: AbortSignal,
): Promise<Edit[]> {
  const agreed: Edit[] = [];
  for (const { start, end } of segment(paragraph, language)) {
    const sentence = paragraph.slice(start, end);
    const own = clauses.filter((clause) => start <= clause.start && clause.end <= end);
    const cuts = own.map((clause) => ({ start: clause.start - start, end: clause.end - start }));
    const kept = await consented(sentence, cuts, model, shorteningPrompt(sentence), signal);
    agreed.push(...kept.map((cut) => ({ start: cut.start + start, end: cut.end + start, replacement: '' })));
  }
  return agreed;
}

/** The edit that takes a word out, with the space on one of its sides, and gives its capital to the next. */
function dropping(text: string, start: number, end: number): Edit {
  if (text[end] === ' ') {
    const isCapital = /\p{Lu}/u.test(text[start]) && /\p{Ll}/u.test(text.charAt(end + 1));
    return isCapital ? dropBefore(text, start, end + 1) : { start, end: end + 1, replacement: '' };
  }
  return { start: text[start - 1] === ' ' ? start - 1 : start, end, replacement: '' };
}

/** The edit that takes out what stands before a word, which then begins the sentence: all of that word, since half of one reads badly. */
function dropBefore(text: string, start: number, next: number): Edit {
  const [word] = /^[\p{L}\p{M}\p{N}'’-]*/u.exec(text.slice(next))!;
  return { start, end: next + word.length, replacement: word.charAt(0).toUpperCase() + word.slice(1) };
}

function inCaseOf(phrase: string, replacement: string): string {
  return /^\p{Lu}/u.test(phrase) ? replacement[0].toUpperCase() + replacement.slice(1) : replacement;
}
