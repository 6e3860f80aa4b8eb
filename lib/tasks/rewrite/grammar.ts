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
import { quotedSpans } from './quoted.ts';

/** One fault as the checker tells it: UTF-16 offsets, best suggestion first. */
export interface Finding extends Span {
  rule: string;
  kind: string;
  message: string;
  suggestions: readonly string[];
}

/** Hunks for the findings in an English text: disjoint, in order. Without a region in `language` both spellings are right. */
export function hunksOf(text: string, findings: readonly Finding[], language: string): Hunk[] {
  const rewritable = englishIn(text);
  const closed = closedIn(text);
  const hunks: Hunk[] = [];
  // Where two findings overlap, the longer says more: "should of" rather than "of".
  for (const finding of [...findings].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    const hunk = hunkOf(text, finding, language);
    if (!hunk || !rewritable.some(({ start, end }) => start <= hunk.start && hunk.end <= end)) continue;
    if ([...closed, ...hunks].some((span) => touches(span, hunk))) continue;
    hunks.push(hunk);
  }
  return hunks.sort((a, b) => a.start - b.start);
}

function hunkOf(text: string, finding: Finding, language: string): Hunk | null {
  const { start, end, message } = finding;
  const old = text.slice(start, end);
  const replacement =
    finding.rule === 'SpellCheck' ? respelled(old, text, finding, language) : finding.suggestions.at(0);
  if (replacement === undefined || replacement === old) return null;
  // "A SQL" or "an SQL": that depends on how one reads it out.
  if (finding.rule === 'AnA' && /^\s+\p{Lu}{2}/u.test(text.slice(end))) return null;
  return { start, end, replacement, by: 'checker', doubts: [], reason: message };
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
      .filter((sentence) => !isForeign(paragraph.slice(sentence.start, sentence.end)))
      // The space behind a sentence is its own: a doubled one is a fault like any other.
      .map((sentence, i, all) => ({ start: start + sentence.start, end: start + (all[i + 1]?.start ?? sentence.end) })),
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
