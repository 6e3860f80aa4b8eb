// What a grammar checker has found in a text, as hunks: never in code, addresses, placeholders, quoted text or another language, and
// one suggestion for each place.
import type { Hunk } from '../../protocol.ts';
import { detectLanguage } from '../language.ts';
import { segment } from '../sentences.ts';
import type { Span } from '../sentences.ts';
import { stopWords } from '../stop-words.ts';
import { verbatimIn } from '../translation/patterns.ts';
import { wordsOf } from '../words.ts';
import { paragraphsOf } from './paragraphs.ts';
import { respelled } from './respelled.ts';
import type { Context } from './respelled.ts';
import { quotedSpans } from './quoted.ts';

/** One fault as the checker tells it: UTF-16 offsets, best suggestion first. */
export interface Finding extends Span {
  /** The words found fault with. */
  of: string;
  rule: string;
  message: string;
  suggestions: readonly string[];
}

/** Hunks for the findings in an English text: disjoint, in order. */
export function hunksOf(text: string, findings: readonly Finding[]): Hunk[] {
  const sentences = englishIn(text);
  const closed = closedIn(text);
  const hunks: Hunk[] = [];
  // Where two findings overlap, the longer says more: "should of" rather than "of".
  for (const finding of [...findings].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    const sentence = sentences.find(({ start, end }) => start <= finding.start && finding.end <= end);
    const startsSentence = sentence !== undefined && !/[\p{L}\p{N}]/u.test(text.slice(sentence.start, finding.start));
    const replacement = sentence && replacementFor(finding, { text, startsSentence });
    if (replacement === undefined) continue;
    const { start, end, message } = finding;
    if ([...closed, ...hunks].some((span) => touches(span, finding))) continue;
    hunks.push({ start, end, replacement, by: 'checker', doubts: [], reason: quoted(message) });
  }
  return hunks.sort((a, b) => a.start - b.start);
}

function replacementFor(finding: Finding, context: Context): string | undefined {
  const { rule, end, of: old } = finding;
  const { text, startsSentence } = context;
  // "A SQL" or "an SQL": that depends on how one reads it out.
  if (rule === 'AnA' && /^\s+\p{Lu}{2}/u.test(text.slice(end))) return undefined;
  // After an abbreviation ("Ltd. ends") the checker sees a sentence's start.
  if (rule === 'SentenceCapitalization' && !startsSentence) return undefined;
  const replacement = rule === 'SpellCheck' ? respelled(old, finding, context) : finding.suggestions.at(0);
  if (replacement === undefined || replacement === old) return undefined;
  return !startsSentence && isOtherName(old, replacement) ? undefined : replacement;
}

/** A name that is spelled otherwise, not just with capitals: "Odessa" has the right to be called so. */
function isOtherName(old: string, replacement: string): boolean {
  return /^\p{Lu}\p{L}+$/u.test(old) && old.toLowerCase() !== replacement.toLowerCase();
}

/** The checker sets the words that it speaks of as programmers do. */
function quoted(message: string): string {
  return message.replace(/`([^`]+)`/g, '“$1”');
}

function touches(a: Span, b: Span): boolean {
  return a.start === a.end || b.start === b.end
    ? a.start <= b.end && b.start <= a.end
    : a.start < b.end && b.start < a.end;
}

/** The sentences that are not plainly in another language. */
function englishIn(text: string): Span[] {
  return paragraphsOf(text).flatMap(({ start, text: paragraph }) =>
    segment(paragraph, 'en')
      // The space behind a sentence is its own: a doubled one is a fault like any other.
      .map((sentence, i, all) => ({ start: sentence.start, end: all[i + 1]?.start ?? sentence.end }))
      .filter((sentence) => !isForeign(paragraph.slice(sentence.start, sentence.end)))
      .map((sentence) => ({ start: start + sentence.start, end: start + sentence.end })),
  );
}

/** True for a text that is plainly not English: a few words in common with another language are not enough. */
function isForeign(text: string): boolean {
  const language = detectLanguage(text);
  if (language === '' || language === 'en') return false;
  const words = wordsOf(text.toLowerCase());
  const count = (frequent: ReadonlySet<string>) => words.filter((word) => frequent.has(word)).length;
  return count(stopWords(language)) > 2 * count(stopWords('en'));
}

/** What stands for machines, and quotations: their words are somebody else's. */
function closedIn(text: string): Span[] {
  return [...verbatimIn(text), ...quotedSpans(text)];
}
