// Which of a speller's suggestions is meant, if any. A word that no dictionary has is more often a name or a term than a fault: only
// what is one or two slips of the finger from a word is a fault.
import { wordsOf } from '../words.ts';
import type { Finding } from './grammar.ts';

/** Slips that a word of so many letters may have, summed: the longer, the surer that no other word is meant. */
const MOST_SLIPS: [letters: number, slips: number][] = [
  [10, 1.9],
  [7, 1.4],
  [5, 1],
  [0, 0.6],
];
/** A word that begins a sentence may be a name. */
const MOST_SLIPS_CAPITAL = 1;
/** A letter doubled or not, two letters swapped, an apostrophe left out; a letter for one that sounds like it; any other. */
const LIKELY_SLIP = 0.6;
const SOUND_SLIP = 0.8;
const OTHER_SLIP = 1.3;
const ALIKE = ['aeiouy', 'mn', 'scz', 'ckq', 'gj', 'dt', 'bp', 'vw', 'fv'];
const OWNERS =
  /^(?:children|men|women|people|today|yesterday|tomorrow|(?:every|some|any|no)(?:one|body)|let|that|it|what|who|he|she|here|there|where|how)s$/iu;
/** Said as often as this, an unknown word is meant. */
const MEANT_TIMES = 2;
/** Where a misspelled word stands. */
export interface Context {
  text: string;
  startsSentence: boolean;
}

/** The suggestion to take for a misspelled word; undefined where none is sure enough. */
export function respelled(word: string, finding: Finding, context: Context): string | undefined {
  const { text } = context;
  if (isPart(text, finding) || isName(word, context.startsSentence) || isMeant(word, text)) return undefined;
  const ofLength = MOST_SLIPS.find(([letters]) => word.length >= letters)?.[1] ?? 0;
  const most = /^\p{Lu}/u.test(word) ? Math.min(ofLength, MOST_SLIPS_CAPITAL) : ofLength;
  const near = finding.suggestions
    .map((suggestion) => ({ suggestion, distance: slips(word.toLowerCase(), suggestion.toLowerCase()) }))
    .filter(({ suggestion, distance }) => distance <= most && isOneWord(word, suggestion) && !isOwner(word, suggestion))
    .sort((a, b) => a.distance - b.distance);
  return near.at(0)?.suggestion;
}

/** Of a word with a hyphen: "plug-ins". */
function isPart(text: string, { start, end }: Finding): boolean {
  return /[-‐/_.]$/.test(text.slice(0, start)) || /^[-‐/_]/.test(text.slice(end));
}

/** Capitals within a sentence, digits, or capitals within the word. */
function isName(word: string, startsSentence: boolean): boolean {
  return /\p{N}/u.test(word) || /\p{Lu}/u.test(startsSentence ? word.slice(1) : word);
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

/** Letters added, dropped, exchanged or swapped with the next: the optimal string alignment distance, weighted by how likely each is. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = [0];
  for (let j = 1; j <= b.length; j++) last[j] = last[j - 1] + missing(b, j - 1);
  for (let i = 1; i <= a.length; i++) {
    const row = [last[0] + missing(a, i - 1)];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = last[j - 1] + exchange(a[i - 1], b[j - 1]);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? before[j - 2] + LIKELY_SLIP : Infinity;
      row[j] = Math.min(exchanged, swapped, row[j - 1] + missing(b, j - 1), last[j] + missing(a, i - 1));
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** Leaving out the letter at `at`, which the other word does not have. */
function missing(word: string, at: number): number {
  return word[at] === word[at - 1] || /['’]/.test(word[at]) ? LIKELY_SLIP : 1;
}

function exchange(a: string, b: string): number {
  if (a === b) return 0;
  return ALIKE.some((letters) => letters.includes(a) && letters.includes(b)) ? SOUND_SLIP : OTHER_SLIP;
}
