// Which of a speller's suggestions is meant, if any. A word that no dictionary has is more often a name or a term than a fault: only
// what is one or two slips of the finger from a word is a fault.
import { wordsOf } from '../words.ts';
import type { Finding } from './grammar.ts';

const MAX_SLIPS = 2;
/** A letter doubled, or not, and two letters swapped are likelier than another letter. */
const LIKELY_SLIP = 0.6;
/** In a word of fewer letters one slip is all that tells it from any other word. */
const LONG_LETTERS = 6;
const OWNERS =
  /^(?:children|men|women|people|today|yesterday|tomorrow|(?:every|some|any|no)(?:one|body)|let|that|it|what|who|he|she|here|there|where|how)s$/iu;
/** Said as often as this, an unknown word is meant. */
const MEANT_TIMES = 2;
/** The same word as British and American English spell it. */
const REGIONAL: [RegExp, string][] = [
  [/our/g, 'or'],
  [/is(?=e|ing|ation|able)/g, 'iz'],
  [/ys(?=e|ing)/g, 'yz'],
  [/re(?=s?$)/g, 'er'],
  [/ll/g, 'l'],
  [/ogue/g, 'og'],
  [/enc(?=e)/g, 'ens'],
  [/ae|oe/g, 'e'],
  [/mme/g, 'm'],
];

/** The suggestion to take for a misspelled word of `text`; undefined where none is sure enough. */
export function respelled(word: string, text: string, finding: Finding, language: string): string | undefined {
  if (isName(word, text, finding.start) || isMeant(word, text)) return undefined;
  const isAnyRegion = !/[-_](?:[A-Z]{2}|\d{3})(?:[-_]|$)/i.test(language);
  const most = word.length >= LONG_LETTERS ? MAX_SLIPS : 1;
  const near = finding.suggestions
    .map((suggestion) => ({ suggestion, distance: slips(word.toLowerCase(), suggestion.toLowerCase()) }))
    .filter(({ suggestion, distance }) => distance <= most && isOneWord(word, suggestion) && !isOwner(word, suggestion))
    .sort((a, b) => a.distance - b.distance);
  const best = near.at(0)?.suggestion;
  if (best === undefined) return undefined;
  return isAnyRegion && anywhere(word) === anywhere(best) ? undefined : best;
}

/** Capitals within a sentence, digits, or capitals within the word. */
function isName(word: string, text: string, start: number): boolean {
  if (/\p{N}/u.test(word) || /\p{Lu}/u.test(word.slice(1))) return true;
  const isFirst = /(?:^|[\p{Sentence_Terminal}…:\n]["'”’)]*\s*)["'“‘(]*$/u.test(text.slice(0, start));
  return /^\p{Lu}/u.test(word) && !isFirst;
}

function isMeant(word: string, text: string): boolean {
  const same = wordsOf(text).filter((other) => other.toLowerCase() === word.toLowerCase());
  return same.length >= MEANT_TIMES;
}

/** A suggestion that only takes a word apart is a guess at a compound; a missing apostrophe is a fault. */
function isOneWord(word: string, suggestion: string): boolean {
  return !/[\s-]/.test(suggestion) || /[\s-]/.test(word);
}

/** "Informations" is not "information's": only what has no plural in "s" can owe it an apostrophe. */
function isOwner(word: string, suggestion: string): boolean {
  return /['’]s$/.test(suggestion) && suggestion.replace(/['’]/, '') === word && !OWNERS.test(word);
}

function anywhere(word: string): string {
  return REGIONAL.reduce((spelled, [from, to]) => spelled.replace(from, to), word.toLowerCase());
}

/** Letters added, dropped, exchanged or swapped with the next: the optimal string alignment distance. */
function slips(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const dropped = row[j - 1] + (b[j - 1] === b[j - 2] ? LIKELY_SLIP : 1);
      const added = last[j] + (a[i - 1] === a[i - 2] ? LIKELY_SLIP : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(exchanged, dropped, added, isSwap ? before[j - 2] + LIKELY_SLIP : Infinity);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}
