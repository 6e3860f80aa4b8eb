// A list out of running text, by its structure alone: one line for each sentence, or for each member of an enumeration. Every word
// stays, but for the "and" before the last member.
import { segment } from '../sentences.ts';
import type { Span } from '../sentences.ts';
import { primarySubtag } from '../stop-words.ts';
import { verbatimIn } from '../translation/patterns.ts';
import { countWords, wordsOf } from '../words.ts';
import type { Edit } from './diff.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { Paragraph } from './paragraphs.ts';

const BULLET = '- ';
const NESTED_BULLET = '  - ';
/** A line of so few words that ends without a full stop is a salutation, a heading or a name below a letter. */
const MAX_LINE_WORDS = 6;
const MAX_MEMBER_WORDS = 14;
const ENDED = /[\p{Sentence_Terminal}…][\p{Pe}\p{Pf}"'”’]*$/u;
/**
 * Joins the last two members of an enumeration. `or`: words that make it a choice, a condition or an exception, which a list would not
 * show; an enumeration with one stays as it is, and so does one in a language that is not here.
 */
const JOINING: Partial<Record<string, { and: string; or: string }>> = {
  en: { and: 'and', or: 'or|but|nor|not|either|neither|except' },
  de: { and: 'und', or: 'oder|aber|nicht|weder|entweder|außer' },
  fr: { and: 'et', or: 'ou|mais|ni|pas|sauf' },
  es: { and: 'y|e', or: 'o|u|pero|ni|no|excepto' },
  pt: { and: 'e', or: 'ou|mas|nem|não|exceto' },
  it: { and: 'e|ed', or: 'o|oppure|ma|né|non' },
  nl: { and: 'en', or: 'of|maar|noch|niet' },
  sv: { and: 'och', or: 'eller|men|inte' },
  da: { and: 'og', or: 'eller|men|ikke' },
  no: { and: 'og', or: 'eller|men|ikke' },
  pl: { and: 'i|oraz', or: 'lub|albo|ale|nie' },
  ru: { and: 'и', or: 'или|но|не' },
};
const JOINING_CHINESE = { and: '和|以及|与', or: '或|但|不' };

/** Edits that set each sentence of `text` on a line of its own behind "- ". None where there is only one thing to list. */
export function bulletEdits(text: string, language: string): Edit[] {
  const paragraphs = paragraphsOf(text).filter((paragraph) => !paragraph.isItem && !isLabel(paragraph.text));
  const lists = paragraphs.map((paragraph) => itemsOf(paragraph, language));
  const count = lists.reduce((sum, { items }) => sum + items, 0);
  return count < 2 ? [] : lists.flatMap(({ edits }) => edits);
}

function isLabel(line: string): boolean {
  return /[:：,，]$/u.test(line) || (!ENDED.test(line) && countWords(line) <= MAX_LINE_WORDS);
}

function itemsOf(paragraph: Paragraph, language: string): { edits: Edit[]; items: number } {
  const sentences = segment(paragraph.text, language);
  const edits: Edit[] = [];
  let items = 0;
  sentences.forEach((sentence, i) => {
    const start = paragraph.start + sentence.start;
    // An enumeration among other sentences is a list within the list; alone, what introduces it is no item.
    const isAlone = sentences.length === 1;
    const members = enumerationIn(
      paragraph.text.slice(sentence.start, sentence.end),
      language,
      isAlone ? BULLET : NESTED_BULLET,
    );
    const before = i === 0 ? paragraph.start : paragraph.start + sentences[i - 1].end;
    const mark = isAlone && members.length > 0 ? '' : BULLET;
    if (i > 0 || mark) edits.push({ start: before, end: start, replacement: (i > 0 ? '\n' : '') + mark });
    const inText = (edit: Edit) => ({ ...edit, start: edit.start + start, end: edit.end + start });
    edits.push(...members.map(inText));
    items += Math.max(1, members.filter(({ replacement }) => replacement).length);
  });
  return { edits, items };
}

/** The edits that set the members behind a colon, "a, b and c", on lines of their own; none where it is no plain enumeration. */
function enumerationIn(sentence: string, language: string, bullet: string): Edit[] {
  const verbatim = verbatimIn(sentence);
  const inVerbatim = (at: number) => verbatim.some(({ start, end }) => start <= at && at < end);
  const colon = [...sentence.matchAll(/:\s+|：\s*/gu)].find(({ index }) => !inVerbatim(index));
  if (!colon) return [];
  const from = colon.index + colon[0].length;
  const tail = sentence.slice(from);
  if (/[:：()（）"“”«»]/u.test(tail) || isChoice(tail, language)) return [];
  const separator = tail.includes(';') ? /;\s+/gu : /,\s+|[、，]\s*/gu;
  const gaps = [...tail.matchAll(separator)]
    .map(({ 0: gap, index }) => ({ start: from + index, end: from + index + gap.length }))
    .filter(({ start }) => !inVerbatim(start));
  withoutAnd(gaps, sentence, language, from);
  if (gaps.length < 2 && !tail.includes(';')) return [];
  const members = [from, ...gaps.map(({ end }) => end)].map((start, i) => sentence.slice(start, gaps[i]?.start));
  if (gaps.length === 0 || members.some((member) => wordsOf(member).length > MAX_MEMBER_WORDS)) return [];
  if (members.some((member) => !/[\p{L}\p{N}]/u.test(member))) return [];
  const end = /[.。]$/u.exec(sentence);
  const lines = gaps.map((gap) => ({ ...gap, replacement: `\n${bullet}` }));
  const first = {
    start: from - (/\s*$/.exec(sentence.slice(0, from))?.[0].length ?? 0),
    end: from,
    replacement: `\n${bullet}`,
  };
  return [first, ...lines, ...(end ? [{ start: end.index, end: sentence.length, replacement: '' }] : [])];
}

/** True where the members are no plain list of all: no negation is put on a line of its own, either. */
function isChoice(members: string, language: string): boolean {
  const primary = primarySubtag(language);
  if (primary === 'zh') return new RegExp(JOINING_CHINESE.or).test(members);
  const words = JOINING[primary];
  return !words || new RegExp(`(?<!\\p{L})(?:${words.or})(?!\\p{L})`, 'iu').test(members);
}

/** Takes the word before the last member into the gap before it: ", and " or " and ". */
function withoutAnd(gaps: Span[], sentence: string, language: string, from: number): void {
  const primary = primarySubtag(language);
  const and = primary === 'zh' ? JOINING_CHINESE.and : JOINING[primary]?.and;
  if (!and) return;
  const last = gaps.at(-1);
  const tail = sentence.slice(last?.end ?? from);
  const offset = last?.end ?? from;
  const leading = new RegExp(`^(?:${and})\\s+`, 'iu').exec(tail);
  const inner = [...tail.matchAll(new RegExp(`\\s+(?:${and})\\s+|(?<=\\p{Script=Han})(?:和|以及|与)`, 'giu'))];
  if (leading && last) last.end += leading[0].length;
  else if (inner.length === 1 && gaps.length > 0) {
    gaps.push({ start: offset + inner[0].index, end: offset + inner[0].index + inner[0][0].length });
  }
}
