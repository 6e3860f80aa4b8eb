// What differs between two texts, word by word, and the text that a choice of the differences makes. Pure, and small enough for the
// card that lies over a page.
import { diffArrays } from 'diff/lib/diff/array.js';

/** A change of a text: UTF-16 offsets into it, end exclusive; '' deletes. A Hunk is one. */
export interface Edit {
  start: number;
  end: number;
  replacement: string;
}

/** More words changed than this, and the two are not one text and its revision: they are exchanged as a whole. */
const MAX_CHANGED_WORDS = 1500;
const UNSPACED = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}]/u;
/** A word, a run of space that stays in its line, or a single character of anything else. */
const TOKEN = /\r\n|[\p{L}\p{M}\p{N}_]+(?:['’.,@-][\p{L}\p{N}_]+)*|[^\S\r\n]+|[^]/gu;

let words: Intl.Segmenter | undefined;
let graphemes: Intl.Segmenter | undefined;

/**
 * The edits that make `after` of `before`: disjoint, in order, whole words (of any script), no grapheme split. Words that change
 * side by side are one edit.
 */
export function diffWords(before: string, after: string): Edit[] {
  const changes = diffArrays(tokensOf(before), tokensOf(after), { maxEditLength: MAX_CHANGED_WORDS });
  if (!changes) return [{ start: 0, end: before.length, replacement: after }];
  const edits: Edit[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    const text = value.join('');
    const last = edits.at(-1);
    const open = last?.end === at ? last : undefined;
    if (!added && !removed) {
      at += text.length;
      continue;
    }
    const edit = open ?? { start: at, end: at, replacement: '' };
    if (!open) edits.push(edit);
    if (added) edit.replacement += text;
    else edit.end = at += text.length;
  }
  return edits
    .reduce<Edit[]>((joined, edit) => join(joined, edit, before), [])
    .map((edit) => withoutSharedSpace(edit, before));
}

/** `text` with the edits made; they are disjoint, in any order. */
export function applyHunks(text: string, hunks: readonly Edit[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, replacement } of inOrder(hunks)) {
    out += text.slice(from, start) + replacement;
    from = end;
  }
  return out + text.slice(from);
}

/** The edits as they stand in the text. */
export function inOrder<E extends Edit>(hunks: readonly E[]): E[] {
  return [...hunks].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Adds `edit`, to the one before where only a space stands between them. */
function join(edits: Edit[], edit: Edit, text: string): Edit[] {
  const last = edits.at(-1);
  const between = last ? text.slice(last.end, edit.start) : '';
  if (!last || !/^[^\S\r\n]+$/.test(between)) return [...edits, edit];
  const whole = { start: last.start, end: edit.end, replacement: last.replacement + between + edit.replacement };
  return [...edits.slice(0, -1), whole];
}

/** Without a space that stands at the end of the old words and of the new. */
function withoutSharedSpace({ start, end, replacement }: Edit, text: string): Edit {
  const isShared = [text.slice(start, end), replacement].every((side) => /[\p{L}\p{N}\p{P}] $/u.test(side));
  return isShared ? { start, end: end - 1, replacement: replacement.slice(0, -1) } : { start, end, replacement };
}

/** Words, spaces and marks, together the whole text, none ending within a grapheme. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (/^[\p{L}\p{M}\p{N}]/u.test(token) && UNSPACED.test(token)) tokens.push(...wordsOf(token));
    else tokens.push(token);
  }
  return /^[\0-\u02ff\u2010-\u2027]*$/.test(text) ? tokens : wholeGraphemes(tokens, text);
}

function wordsOf(run: string): string[] {
  words ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  return Array.from(words.segment(run), ({ segment }) => segment);
}

function wholeGraphemes(tokens: string[], text: string): string[] {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const starts = new Set(Array.from(graphemes.segment(text), ({ index }) => index));
  const whole: string[] = [];
  let at = 0;
  for (const token of tokens) {
    if (at === 0 || starts.has(at)) whole.push(token);
    else whole[whole.length - 1] += token;
    at += token.length;
  }
  return whole;
}
