// One text of a task: its passages before they are translated, and its translation once they are. Pure.
import type { LanguagePair, MarkedText, Translation } from '../../protocol.ts';
import type { Span } from '../sentences.ts';
import { isUnspaced } from '../words.ts';
import type { CachedTranslation } from './cache.ts';
import { carryMarks } from './carry-marks.ts';
import { treeOf } from './mark-tree.ts';
import { passagesOf } from './passages.ts';
import type { Rendering } from './target-units.ts';

export interface TextPlan {
  source: MarkedText;
  passages: Span[];
  /** What stands in the passages. */
  sentences: string[];
}

/** Throws `internal` where the text's marks are no tree in its bounds. */
export function planText(source: MarkedText, language: string): TextPlan {
  treeOf(source);
  const passages = passagesOf(source.text, language, joints(source));
  return { source, passages, sentences: passages.map(({ start, end }) => source.text.slice(start, end)) };
}

/** Where "More" and "Menu" touch ("MoreMenu", "History[edit]"): two elements that only the page's layout keeps apart. */
function joints({ text, marks }: MarkedText): number[] {
  const edges = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return edges.filter((edge) => /^(?:\p{Ll}\p{Lu}|\p{L}\[)$/u.test(text.slice(edge - 1, edge + 1)));
}

/** The text with its passages translated (in their order), all between them as it was, and the marks where they belong. */
export function assemble(
  { source, passages, sentences }: TextPlan,
  translations: readonly CachedTranslation[],
  pair: LanguagePair,
): Translation {
  const renderings: Rendering[] = [];
  const kept: Translation['kept'] = [];
  let text = '';
  let at = 0;
  passages.forEach((passage, index) => {
    const { text: translation, alignment, doubts } = translations[index];
    const gap = source.text.slice(at, passage.start);
    text += gap || index === 0 ? gap : spaceBetween(source.text[passage.start - 1], text, translation);
    const target = { start: text.length, end: text.length + translation.length };
    renderings.push({ source: passage, target, alignment: translation === sentences[index] ? null : alignment });
    if (doubts.length > 0) kept.push({ ...target, doubts });
    text += translation;
    at = passage.end;
  });
  text += source.text.slice(at);
  return { text, marks: carryMarks(source, text, renderings, pair), kept };
}

/** Between sentences that had no space between them, as in Chinese, in a language that writes one. */
function spaceBetween(last: string, before: string, after: string): string {
  const isWide = (character: string) => isUnspaced(character) || /[\u3000-\u303f\uff00-\uff60\s]/.test(character);
  return !isWide(last) || isWide(before.slice(-1)) || isWide(after.slice(0, 1)) ? '' : ' ';
}
