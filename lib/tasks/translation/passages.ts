// The passages of a text that are translated one by one, at most a sentence each. All between them stays as it is: whitespace,
// line breaks, bullets, separators, and what holds no words. Knows no model.
import { segment, type Span } from '../sentences.ts';
import { isUnspaced } from '../words.ts';
import { NOTES, withoutVerbatim } from './patterns.ts';
import { graphemeCut } from './units.ts';

/** Longer sentences are translated in parts: the models were trained on at most 128 tokens, and lose the thread before. */
const MAX_PASSAGE_CHARACTERS = 480;
/** The same for scripts that say as much in a third of the characters. */
const MAX_UNSPACED_CHARACTERS = 160;
/** No word of a language is longer: what is goes through as it stands. */
const MAX_WORD_CHARACTERS = 120;

/** Between two spaces these divide what has no syntax in common: breadcrumbs, menus, bylines. */
const SEPARATOR = /(?<=\s|^)[|•·∙◦‣▪▸►→←⇒➔›»●○■□◆★☆✓✔✦]+(?=\s|$)/gu;
/** Where these stand, "»" ends a quotation: French sets spaces within. */
const OPENING_GUILLEMET = /[«‹]/;
const SEPARATOR_BUT_GUILLEMETS = new RegExp(SEPARATOR.source.replace(/[›»]/g, ''), 'gu');
/** Symbols that are no part of a sentence at its edge, with what modifies them (skin tones, joiners, variation selectors). */
const SYMBOL = String.raw`[\u2190-\u21ff•·∙◦‣▪|]|(?![°\ufffc])\p{So}[\p{Sk}\p{Cf}\p{Me}\ufe0f]*`;
/** Before the sources of an encyclopedia's page: back to the places in the text that name them. */
const BACK_REFERENCES = String.raw`\^(?:\s+a\s+b(?:\s+[a-z])*)?(?=\s)`;
const LEADING = new RegExp(String.raw`^(?:\s|${SYMBOL}|[–—―]|[-*~#>+=/\\]+(?=\s)|${BACK_REFERENCES})+`, 'u');
/** The name of a point, a key, a unit: the models make words of it, over and over. */
const LONE_LETTER = /^\P{L}*\p{Script=Latin}\P{L}*$/u;
/** How many there are of something, or what it costs: the models make sentences of "October (1)". */
const COUNT = String.raw`\(\p{Sc}?\p{Nd}[\p{Nd}.,]*\)`;
const TRAILING = new RegExp(String.raw`(?:\s|${SYMBOL}|${NOTES}|${COUNT})+$`, 'u');

/**
 * Trimmed spans in order, each with letters in it; not inside a surrogate pair or grapheme. `cuts` are further places, in order,
 * where one ends and the next begins.
 */
export function passagesOf(text: string, language: string, cuts: readonly number[] = []): Span[] {
  const passages: Span[] = [];
  const lines = pieces(text, /\n+/g).flatMap((line) => cutAt(line, cuts));
  const separator = OPENING_GUILLEMET.test(text) ? SEPARATOR_BUT_GUILLEMETS : SEPARATOR;
  for (const line of lines) {
    for (const part of pieces(text, separator, line)) {
      for (const sentence of segment(text.slice(part.start, part.end), language)) {
        const span = { start: part.start + sentence.start, end: part.start + sentence.end };
        for (const short of cutLong(text, span)) {
          const trimmed = trim(text, short);
          if (hasWords(text.slice(trimmed.start, trimmed.end))) passages.push(trimmed);
        }
      }
    }
  }
  return passages;
}

/** True where there is something to translate: more than one letter, and not all of addresses, code or placeholders. */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text) && /\p{L}/u.test(withoutVerbatim(text)) && !LONE_LETTER.test(text);
}

function pieces(text: string, between: RegExp, { start, end }: Span = { start: 0, end: text.length }): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(between)) {
    spans.push({ start: from, end: start + match.index });
    from = start + match.index + match[0].length;
  }
  spans.push({ start: from, end });
  return spans.filter((span) => span.end > span.start);
}

function cutAt({ start, end }: Span, cuts: readonly number[]): Span[] {
  const edges = [start, ...cuts.filter((cut) => start < cut && cut < end), end];
  return edges.slice(1).map((edge, index) => ({ start: edges[index], end: edge }));
}

/** Without the bullets, emoji and other symbols at its edges, nor references to notes at its end. */
function trim(text: string, { start, end }: Span): Span {
  const passage = text.slice(start, end);
  const lead = LEADING.exec(passage)?.[0].length ?? 0;
  const trail = TRAILING.exec(passage.slice(lead))?.[0].length ?? 0;
  return { start: start + lead, end: end - trail };
}

function cutLong(text: string, { start, end }: Span): Span[] {
  const parts: Span[] = [];
  const max = isUnspaced(text.slice(start, end)) ? MAX_UNSPACED_CHARACTERS : MAX_PASSAGE_CHARACTERS;
  let from = start;
  while (end - from > max) {
    const to = cutIn(text, from, end, max);
    parts.push({ start: from, end: to });
    from = to;
    while (from < end && /\s/.test(text[from])) from += 1;
  }
  if (from < end) parts.push({ start: from, end });
  return parts.filter((part) => !isNoLanguage(text.slice(part.start, part.end)));
}

/** Where a passage from `from` ends at the latest: after a clause, else after a word, else after a grapheme. */
function cutIn(text: string, from: number, end: number, max: number): number {
  const window = text.slice(from, Math.min(end, from + max));
  for (const boundary of [/[;:](?=\s)|[；：]/g, /[,)](?=\s)|[，、）]/g, /(?=\s)/g]) {
    const last = [...window.matchAll(boundary)].at(-1);
    const cut = last ? last.index + last[0].length : 0;
    if (cut > max / 3) return from + cut;
  }
  const space = text.slice(from, end).search(/\s/);
  if (!isUnspaced(window)) return space < 0 ? end : from + Math.max(1, space);
  return graphemeCut(text, from, max);
}

function isNoLanguage(text: string): boolean {
  return !isUnspaced(text) && text.length > MAX_WORD_CHARACTERS && !/\s/.test(text);
}
