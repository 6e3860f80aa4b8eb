// Chooses the page's own sentences for a summary: at once, in every language, without a model. Faithful by construction.
import type { Article } from '../article.ts';
import type { Coverage, Statement, SummaryLength, SummaryType } from '../protocol.ts';
import { describe } from './description.ts';
import { headlineOf } from './headline.ts';
import { leans } from './leaning.ts';
import { MAX_FLAWS, rankSentences, type Ranking } from './rank.ts';
import type { Sentence } from './sentences.ts';
import { termsOf } from './terms.ts';
import { applyCuts, ruleCuts } from './trim.ts';

export interface Selection {
  quotes: Statement[];
  coverage: Coverage;
}

/** Words of a tl;dr of sentences of the page; and beside the page's own description. The first sentence may go over. */
const TLDR_WORDS: Record<SummaryLength, { alone: number; beside: number }> = {
  short: { alone: 0, beside: 0 },
  medium: { alone: 50, beside: 40 },
  long: { alone: 110, beside: 90 },
};
const TLDR_STATEMENTS: Record<SummaryLength, number> = { short: 1, medium: 2, long: 4 };
const KEY_POINTS: Record<SummaryLength, number> = { short: 3, medium: 5, long: 8 };
/** A tl;dr stops growing at this share of its words: the next sentence would mostly go over. */
const FULL = 0.6;
/** Two sentences this alike say the same. */
const MAX_COSINE = 0.5;
/** A sentence this like the description is where the page says it. */
const MIN_SOURCE_COSINE = 0.25;
/** A sentence this like the description was copied into it. */
const COPIED = 0.8;
/** Weight of a key point's likeness to the description. */
const ABOUT = 0.5;
/** What a key point loses for each other from the same part of the page. */
const CROWDING = 0.5;

/** How many statements a composed summary of this kind has. */
export function statementCount({ type, length }: { type: SummaryType; length: SummaryLength }): number {
  if (type === 'headline') return 1;
  return type === 'key-points' ? KEY_POINTS[length] : TLDR_STATEMENTS[length];
}

/** The sentences of a summary, in page order, the page's own description first. Pure and synchronous: 2,000 words in some 10 ms. */
export function selectSentences(article: Article, kind: { type: SummaryType; length: SummaryLength }): Selection {
  return selectFrom(article, rankSentences(article), kind);
}

/** The same from a ranking that stands already. */
export function selectFrom(
  article: Article,
  ranking: Ranking,
  { type, length }: { type: SummaryType; length: SummaryLength },
): Selection {
  const coverage = { words: ranking.words, wordsRead: ranking.words, part: 1, parts: 1 };
  switch (type) {
    case 'tldr':
      return { quotes: tldr(article, ranking, length), coverage };
    case 'key-points':
      return { quotes: keyPoints(article, ranking, KEY_POINTS[length]), coverage };
    case 'headline':
      return { quotes: headline(article, ranking), coverage };
  }
}

function tldr(article: Article, ranking: Ranking, length: SummaryLength): Statement[] {
  const described = describe(article, ranking).map((text) => ({
    text,
    nearest: nearest(text, ranking),
  }));
  const budget = described.length > 0 ? TLDR_WORDS[length].beside : TLDR_WORDS[length].alone;
  const used = new Set(described.flatMap(({ nearest }) => (nearest ? [nearest.index] : [])));
  const chosen = pick(ranking, ranking.scores, {
    budget,
    atLeast: described.length > 0 ? 0 : 1,
    taken: used,
    unlike: described.map(({ text }) => text),
  });
  return [
    ...described.map(({ text, nearest }): Statement => ({
      text,
      support: 'quoted',
      origin: 'description',
      sources: nearest ? [sourceOf(nearest.sentence)] : [],
      doubts: [],
    })),
    ...chosen.map((index) => quoteSentence(ranking.candidates[index], ranking.language)),
  ];
}

/** Best first until the budget is full, none like another, none like what stands already; indices in page order. */
function pick(
  { candidates, vectors, flaws, language }: Ranking,
  scores: Float64Array,
  { budget, atLeast, taken, unlike }: { budget: number; atLeast: number; taken: Set<number>; unlike: string[] },
): number[] {
  const others = unlike.map((text) => vectors.cosinesWith(termsOf(text, language)));
  const chosen: number[] = [];
  let words = 0;
  for (const index of order(scores, flaws)) {
    if (chosen.length >= atLeast && (words >= budget * FULL || flaws[index] >= MAX_FLAWS)) break;
    const sentence = candidates[index];
    if (chosen.length >= atLeast && words + sentence.words > budget) continue;
    if (leans(sentence.text, language) && !chosen.includes(index - 1) && !taken.has(index - 1)) continue;
    if (taken.has(index) || others.some((cosines) => cosines[index] > MAX_COSINE)) continue;
    if (chosen.some((other) => vectors.cosine(index, other) > MAX_COSINE)) continue;
    chosen.push(index);
    words += sentence.words;
  }
  // Where every sentence leans on another, the best of them has to do.
  if (chosen.length < atLeast) chosen.push(...order(scores, flaws).slice(0, 1));
  return chosen.sort((a, b) => a - b);
}

/** The most telling sentences of the page's parts: each further one from the same part has to be better by so much. */
function keyPoints(article: Article, ranking: Ranking, count: number): Statement[] {
  const { candidates, vectors, merits, scores, flaws } = ranking;
  const parts = partOf(ranking, count);
  const crowd = new Array<number>(count).fill(0);
  const chosen: number[] = [];
  // The lead says what the page is about, but the points are to come from all of it: position counts for a third.
  // What the description speaks of is what its author finds important; where it is a copy of the lead, it says nothing more.
  const about = vectors.cosinesWith(termsOf(describe(article, ranking).join(' '), ranking.language));
  const weight = about.some((cosine) => cosine > COPIED) ? 0 : ABOUT;
  const worth = merits.map((merit, i) => merit + (scores[i] - merit) / 3 + weight * about[i]);
  const sound = (index: number) => flaws[index] < MAX_FLAWS && !leans(candidates[index].text, ranking.language);
  const poor = !candidates.some((_, index) => sound(index));
  while (chosen.length < count) {
    let best = -1;
    let bestScore = -Infinity;
    for (let i = 0; i < candidates.length; i++) {
      const score = worth[i] - CROWDING * crowd[parts[i]];
      if (score <= bestScore || !(sound(i) || (poor && chosen.length === 0))) continue;
      if (chosen.some((other) => other === i || vectors.cosine(i, other) > MAX_COSINE)) continue;
      best = i;
      bestScore = score;
    }
    if (best < 0) break;
    chosen.push(best);
    crowd[parts[best]]++;
  }
  return chosen.sort((a, b) => a - b).map((index) => quoteSentence(candidates[index], ranking.language));
}

/** The part of the page, of `count` with as many words each, that each candidate stands in. */
function partOf({ candidates, flaws }: Ranking, count: number): number[] {
  // Reference lists and furniture are no part of the story.
  const lengths = candidates.map(({ words }, i) => (flaws[i] < MAX_FLAWS ? words : 0));
  const total = lengths.reduce((sum, words) => sum + words, 0) || 1;
  let before = 0;
  return lengths.map((words) => {
    const part = Math.min(count - 1, Math.floor((before / total) * count));
    before += words;
    return part;
  });
}

function headline(article: Article, ranking: Ranking): Statement[] {
  const own = headlineOf(article, ranking.language);
  if (own)
    return [{ text: own.text, support: 'quoted', origin: 'page', sources: own.source ? [own.source] : [], doubts: [] }];
  const best = order(ranking.scores, ranking.flaws).at(0);
  return best === undefined ? [] : [quoteSentence(ranking.candidates[best], ranking.language)];
}

/** A sentence of the page as a statement, less what rules may cut. */
export function quoteSentence(sentence: Sentence, language: string): Statement {
  const text = applyCuts(sentence.text, ruleCuts(sentence.text, language));
  return { text, support: 'quoted', origin: 'page', sources: [sourceOf(sentence)], doubts: [] };
}

function nearest(
  text: string,
  { candidates, vectors, language }: Ranking,
): { sentence: Sentence; index: number } | null {
  const cosines = vectors.cosinesWith(termsOf(text, language));
  const index = order(cosines).at(0);
  return index !== undefined && cosines[index] >= MIN_SOURCE_COSINE ? { sentence: candidates[index], index } : null;
}

function sourceOf({ block, start, end }: Sentence): { block: number; start: number; end: number } {
  return { block, start, end };
}

/** Indices by falling value, the earlier first where equal; those with too many flaws after all others. */
function order(values: Float64Array, flaws?: Float64Array): number[] {
  const late = (index: number) => (flaws && flaws[index] >= MAX_FLAWS ? 1 : 0);
  return Array.from(values.keys()).sort((a, b) => late(a) - late(b) || values[b] - values[a] || a - b);
}
