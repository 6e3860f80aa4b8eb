// Where exactly a mark begins and ends, once it is known which words it stands on.
import type { LanguagePair } from '../../protocol.ts';
import { stopWords } from '../stop-words.ts';
import type { Run, TargetUnit } from './target-units.ts';

/** Longer frequent words mean something by themselves, and so do many short ones ("new", "two") that are not the most frequent. */
const MAX_PARTICLE_CHARACTERS = 3;
const MOST_FREQUENT = 40;

export interface EdgeSetting {
  /** What stood in the mark. */
  said: string;
  /** It stood on all words of its passages. */
  isWhole: boolean;
  /** True for a unit that the mark may take. */
  isFree: (unit: number) => boolean;
  pair: LanguagePair;
}

/**
 * The run without what only the alignment brought in: punctuation at an edge where the mark had none, articles and prepositions where
 * it had none; and with the closing mark that belongs to its opening one. Undefined where nothing is left.
 */
export function fitEdges(
  units: readonly TargetUnit[],
  run: Run,
  { said, isWhole, isFree, pair }: EdgeSetting,
): Run | undefined {
  let { start, end } = run;
  const text = said.trim();
  if (/^[\p{L}\p{N}]/u.test(text)) while (start < end && !units[start].isWord) start += 1;
  if (/[\p{L}\p{N}]$/u.test(text)) while (start < end && !units[end - 1].isWord) end -= 1;
  if (!isWhole && !(text.match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => isParticle(word.toLowerCase(), pair.from))) {
    const isLoose = (unit: TargetUnit) => isParticle(unit.text, pair.to);
    const hasOthers = units.slice(start, end).some((unit) => unit.isWord && !isLoose(unit));
    if (hasOthers) while (isLoose(units[start])) start += 1;
    if (hasOthers) while (isLoose(units[end - 1])) end -= 1;
  }
  if (start >= end) return undefined;
  const inside = units.slice(start, end).map(({ text: unit }) => unit);
  const [before, after] = [units.at(start - 1), units.at(end)];
  if (before?.end === units[start].start && isFree(start - 1) && /^[\p{Ps}\p{Pi}"'¿¡]$/u.test(before.text)) {
    if (isSame(before.text, text[0]) || closes(inside, before.text)) start -= 1;
  }
  if (after?.start === units[end - 1].end && isFree(end) && /^[\p{Pe}\p{Pf}"'.!?…。！？]$/u.test(after.text)) {
    if (isSame(after.text, text.slice(-1)) || opens(inside, after.text)) end += 1;
  }
  return { start, end };
}

/** An article or a preposition. */
function isParticle(word: string, language: string): boolean {
  return word.length <= MAX_PARTICLE_CHARACTERS && [...stopWords(language)].slice(0, MOST_FREQUENT).includes(word);
}

const PAIRS: Record<string, string> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '”': '“',
  '’': '‘',
  '»': '«',
  '）': '（',
  '」': '「',
};

/** True where the closing mark has its opening one among `inside`, without another closing one. */
function opens(inside: readonly string[], closing: string): boolean {
  const opening = PAIRS[closing];
  return inside.filter((unit) => unit === opening).length > inside.filter((unit) => unit === closing).length;
}

function closes(inside: readonly string[], opening: string): boolean {
  const closing = Object.keys(PAIRS).find((mark) => PAIRS[mark] === opening);
  return inside.filter((unit) => unit === closing).length > inside.filter((unit) => unit === opening).length;
}

/** Full stops of all kinds are the same. */
function isSame(a: string, b: string): boolean {
  const kind = (mark: string) => (/[.!?…。！？]/.test(mark) ? '.' : /[“”"«»]/.test(mark) ? '"' : mark);
  return kind(a) === kind(b);
}
