// The sentences of an article, as places in it. Rules of our own over Unicode's Sentence_Terminal, because Intl.Segmenter breaks
// after "Mr." and inside "1998.[4] The", differs between browsers, and needs 4 s for 350,000 characters where this needs 0.1.
import type { Article, Block, Source } from '../article.ts';
import { BEFORE_A_NAME, MAYBE_LAST } from './abbreviations.ts';
import { stopWords } from './stop-words.ts';
import { countWords } from './words.ts';

export interface Sentence extends Source {
  kind: Block['kind'];
  text: string;
  words: number;
}

export interface Span {
  start: number;
  end: number;
}

/** A quotation or parenthesis up to this many characters is never broken: half a quotation misquotes. */
const MAX_WHOLE_QUOTE_CHARACTERS = 300;
/** Thai and Lao mark no sentences: a space ends one once it has this many characters. */
const MIN_SPACE_ENDED_CHARACTERS = 60;

const TERMINATOR = /[\p{Sentence_Terminal}…｡]+/gu;
const CLOSERS = /[\p{Pe}\p{Pf}"'”’]*(?:\s?\[[\p{L}\p{N}\s]{1,12}\])*/uy;
const NEXT_START = /[\s\p{Ps}\p{Pi}"'“‘¿¡—–-]*([^\s])/uy;
const BEFORE_A_WORD = /[\s(["“‘«]/;
const WIDE = /[。！？｡．।॥။។]/u;
const KANA_OR_MARK = /^[\p{Script=Hiragana}\p{Sentence_Terminal}、，]/u;
const WIDE_GOES_ON = /^[\p{L}\p{Sentence_Terminal}、，]/u;
const UNMARKED = /[\p{Script=Thai}\p{Script=Lao}]/u;
const PAIRS =
  /(?<![\p{L}\p{N}])"(?=\S)[^"]*"(?![\p{L}\p{N}])|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|\([^()]*\)|（[^（）]*）/gu;
/** Languages that write ordinals as "3. Oktober". */
const DOT_ORDINAL = /^(?:de|da|nb|nn|no|fi|cs|sk|sl|hr|hu|et|lv|tr|is|pl)\b/;

/** All sentences in page order. A heading, code or table block is one unit each; empty blocks have none. */
export function sentencesOf(article: Article, language: string): Sentence[] {
  const sentences: Sentence[] = [];
  article.blocks.forEach(({ kind, text }, block) => {
    const whole = kind === 'heading' || kind === 'code' || kind === 'table';
    for (const { start, end } of whole ? [{ start: 0, end: text.length }] : segment(text, language)) {
      const piece = text.slice(start, end);
      if (piece) sentences.push({ block, start, end, kind, text: piece, words: countWords(piece) });
    }
  });
  return sentences;
}

/** The sentences of one block of text: trimmed spans in order, together all of its text but the space between them. */
export function segment(text: string, language: string): Span[] {
  const boundaries = UNMARKED.test(text) ? spaceBoundaries(text) : terminalBoundaries(text, language);
  const spans: Span[] = [];
  let from = 0;
  for (const to of [...boundaries, text.length]) {
    const piece = text.slice(from, to);
    const start = from + piece.length - piece.trimStart().length;
    const end = from + piece.trimEnd().length;
    if (end > start) spans.push({ start, end });
    from = to;
  }
  return spans;
}

function terminalBoundaries(text: string, language: string): number[] {
  const starters = stopWords(language);
  const whole = wholeQuotes(text);
  const boundaries: number[] = [];
  let last = 0;
  for (const match of text.matchAll(TERMINATOR)) {
    CLOSERS.lastIndex = match.index + match[0].length;
    const closers = CLOSERS.exec(text)?.[0] ?? '';
    const end = match.index + match[0].length + closers.length;
    if (end >= text.length || whole.some((span) => span.start < end && end < span.end)) continue;
    const sentence = text.slice(last, match.index);
    if (endsSentence(sentence, match[0], closers, text, end, starters, language)) boundaries.push((last = end));
  }
  return boundaries;
}

function endsSentence(
  before: string,
  mark: string,
  closers: string,
  text: string,
  end: number,
  starters: ReadonlySet<string>,
  language: string,
): boolean {
  NEXT_START.lastIndex = end;
  const next = NEXT_START.exec(text);
  if (!next) return true;
  const rest = text.slice(NEXT_START.lastIndex - next[1].length, NEXT_START.lastIndex + 20);
  // 「…。」と言った and “…？”这样的问题: what follows the quotation is still the same sentence.
  if (WIDE.test(mark)) return !(closers && (/[？！]$/u.test(mark) ? WIDE_GOES_ON : KANA_OR_MARK).test(rest));
  if (!/\s/.test(text[end])) return false;
  if (/^\p{Ll}/u.test(rest) && !/^(?:i|e)\p{Lu}/u.test(rest)) return false;
  if (mark.endsWith('…') || mark.endsWith('..')) return !/\s$/.test(before);
  if (mark !== '.') return true;
  if (closers && !/^[\])]/.test(closers.trim())) return true;
  return !isAbbreviated(before, rest, starters, language);
}

/** True where the full stop after `before` belongs to its last word. */
function isAbbreviated(before: string, rest: string, starters: ReadonlySet<string>, language: string): boolean {
  let start = before.length;
  while (start > 0 && !BEFORE_A_WORD.test(before[start - 1])) start--;
  const word = before.slice(start).toLowerCase();
  if (!word) return true;
  const next = /^[\p{L}'’]+/u.exec(rest)?.[0].toLowerCase() ?? '';
  // "1. First" numbers a list, "3. Oktober" a day.
  if (/^(?:\d{1,3}|\p{L})$/u.test(before.trim())) return true;
  if (/^\d{1,2}$/.test(word) && DOT_ORDINAL.test(language)) return true;
  if (word === 'no' || word === 'nos') return /^\d/.test(rest);
  if (BEFORE_A_NAME.has(word)) return true;
  const isInitial = /^\p{L}$/u.test(word) && word !== 'i';
  const isAcronym = /^(?:\p{L}\.)+\p{L}$/u.test(word);
  return (isInitial || isAcronym || MAYBE_LAST.has(word)) && !starters.has(next);
}

function wholeQuotes(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(PAIRS)) {
    const end = match.index + match[0].length;
    if (match[0].length <= MAX_WHOLE_QUOTE_CHARACTERS) spans.push({ start: match.index, end });
  }
  return spans;
}

function spaceBoundaries(text: string): number[] {
  const boundaries: number[] = [];
  let last = 0;
  for (const match of text.matchAll(/\s+/g)) {
    if (match.index - last >= MIN_SPACE_ENDED_CHARACTERS) boundaries.push((last = match.index));
  }
  return boundaries;
}
