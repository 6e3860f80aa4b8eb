// Cuts in a quoted sentence that change nothing it says. Cuts by rule are safe alone; cuts of clauses wait for the model's consent.
import type { LanguageModel, Message } from '../model/language-model.ts';
import { primarySubtag } from './stop-words.ts';
import { countWords } from './words.ts';

/** A span of the sentence that may go. */
export interface Cut {
  start: number;
  end: number;
}

const MIN_WORDS_LEFT = 8;
/** Natural logarithm: how much less likely than the page's own words the words after a cut may be (AUC 0.91, notes in README). */
const MIN_MARGIN = -3;

const REFERENCE = /\s?\[(?:\d{1,3}|note \d+|citation needed|edit)\]/giu;
const CREDIT = /\s\((?:\p{Ll}{2,4}|AP|AFP|Reuters|dpa|Bloomberg)\)$/u;
const DATELINE =
  /^(?:\p{Lu}[\p{Lu}.'’-]+(?:[\s,]+\p{L}[\p{L}.'’-]*){0,4}\s*(?:\([^)]{2,20}\)\s*)?)(?:—|–|--)\s+(?=\p{Lu}|[“"])/u;
const TIMELINE = /^\d{1,2}:\d{2}\s*(?:[AP]\.?M\.?)?\s*(?:[A-Z]{2,4})?\s*(?:—|–|--)\s+/u;
const DATE =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[\p{L}]*\.?\s+\d{1,2},?\s+\d{4}\s*(?:—|–|--)\s+/u;
const OPENERS: Partial<Record<string, RegExp>> = {
  en: /^(?:But|And|So|Still,|Yet|However,|Moreover,|Furthermore,|In addition,|Additionally,|Nonetheless,|Nevertheless,|Regardless,|Besides,|Firstly,|Secondly,|First,|Second,|Then,|Again,|Similarly,|Likewise,|For example,|For instance,|Meanwhile,|Indeed,|In fact,|Also,|Of course,|Finally,)\s+(?=\p{L}|[“"])/u,
  de: /^(?:Aber|Und|Doch)\s+(?=(?:der|die|das|ein|eine)\s)/u,
  fr: /^(?:Mais|Et|Or,?)\s+(?=\p{L})/u,
  es: /^(?:Pero|Y|Sin embargo,|Además,)\s+(?=\p{L})/u,
  pt: /^(?:Mas|E|Além disso,|No entanto,)\s+(?=\p{L})/u,
};
/** What a clause cut must not take: negation, condition, number, attribution, quotation, place, degree. */
const KEEPS_MEANING =
  /\d|["“”«»]|(?<!\p{L})(?:no|not|never|none|nor|neither|without|hardly|barely|unless|if|only|except|until|despite|although|though|because|cannot|\p{L}+n['’]t|said|says|say|according|told|claims?|alleged(?:ly)?|reported(?:ly)?|argues?|believes?|most|mostly|mainly|primarily|largely|partly|often|sometimes|usually|rarely|some|many|few|all|half|about|almost|nearly|one|two|three|four|five|six|seven|eight|nine|ten|million|billion|hundred|thousand|in|at|from)(?!\p{L})/iu;

/** Cuts by rule: reference marks, a dateline, an opening connective. Disjoint, in order, sentence capital restored by `applyCuts`. */
export function ruleCuts(text: string, language: string): Cut[] {
  const cuts: Cut[] = [];
  const opening =
    DATELINE.exec(text) ?? TIMELINE.exec(text) ?? DATE.exec(text) ?? OPENERS[primarySubtag(language)]?.exec(text);
  if (opening && countWords(text.slice(opening[0].length)) >= MIN_WORDS_LEFT)
    cuts.push({ start: 0, end: opening[0].length });
  const credit = CREDIT.exec(text);
  if (credit) cuts.push({ start: credit.index, end: text.length });
  for (const match of text.matchAll(REFERENCE)) cuts.push({ start: match.index, end: match.index + match[0].length });
  return cuts;
}

/** Clauses that may go if the model agrees: between a pair of dashes, after ", which" or ", who" up to the next comma, apposition. */
export function clauseCuts(text: string): Cut[] {
  const cuts: Cut[] = [];
  const inQuotes = quotedSpans(text);
  const patterns = [
    /\s(?:—|–|--)\s[^—–]{8,120}?\s(?:—|–|--)(?=\s)/gu,
    /, (?:which|who|whose) [^,;:()]{8,100},(?= \p{L})/gu,
    /\s\([^()]{3,80}\)/gu,
  ];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const cut = { start: match.index, end: match.index + match[0].length };
      const clear = [...cuts, ...inQuotes].every((span) => cut.end <= span.start || span.end <= cut.start);
      if (clear && !KEEPS_MEANING.test(match[0])) cuts.push(cut);
    }
  }
  return cuts.sort((a, b) => a.start - b.start);
}

/** The cuts that the model finds no less natural than the sentence itself, as long as enough of it is left. */
export async function consented(
  text: string,
  cuts: Cut[],
  model: LanguageModel,
  prompt: Message[],
  signal: AbortSignal,
): Promise<Cut[]> {
  if (cuts.length === 0) return [];
  const after = (cut: Cut) => /^\S*\s?\S*/.exec(text.slice(cut.end))?.[0] ?? '';
  const { tokens, alternatives } = await model.score(
    prompt,
    text,
    signal,
    cuts.map((cut) => ({ offset: cut.start, text: after(cut) })),
  );
  const kept = cuts.filter((cut, i) => {
    const own = tokens.find((token) => token.end > cut.start);
    return own !== undefined && alternatives[i] - own.logProb >= MIN_MARGIN;
  });
  return countWords(applyCuts(text, kept)) >= MIN_WORDS_LEFT ? kept : [];
}

/** The sentence without its cuts, with a capital at its start and no doubled space. */
export function applyCuts(text: string, cuts: readonly Cut[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of [...cuts].sort((a, b) => a.start - b.start)) {
    out += text.slice(from, start);
    from = end;
  }
  out = (out + text.slice(from)).replace(/ {2,}/g, ' ').trim();
  return cuts[0]?.start === 0 ? out.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : out;
}

function quotedSpans(text: string): Cut[] {
  return [...text.matchAll(/"[^"]*"|“[^”]*”|«[^»]*»/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
