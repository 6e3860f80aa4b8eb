// Whether a sentence that a model wrote rests on the page: its numbers, its names, its likeness to sentences of the page, and how
// likely the model finds it when those are all it reads.
import { AppError } from '../errors.ts';
import type { Embedder, LanguageModel } from '../model/language-model.ts';
import type { Doubt } from '../protocol.ts';
import { restatingPrompt } from './prompts.ts';
import type { Ranking } from './rank.ts';
import type { Sentence } from './sentences.ts';
import { primarySubtag, stopWords } from './stop-words.ts';
import { termsOf } from './terms.ts';
import { wordsOf } from './words.ts';

/** A written sentence and what was found. */
export interface Check {
  doubts: Doubt[];
  /** Sentences of the page that it rests on, best first. */
  sources: Sentence[];
}

/** What a checker needs of the models; null where they do not know the language, or cannot score, and words alone decide. */
export interface CheckModels {
  model: LanguageModel | null;
  embedder: Embedder | null;
}

/** Of the page's sentences, those that share most words are compared by meaning: embedding a book would take minutes. */
const COMPARED = 40;
const MAX_SOURCES = 3;
/**
 * Cosine with the nearest sentence: below, the page says no such thing. These three bars were set on 124 sentences of the default
 * model, read by hand: what passes is nearly a copy, and still one in three of its own sentences that passed was false.
 */
const MIN_SIMILARITY = 0.9;
/** The same by words alone, where no embedder knows the language. */
const MIN_WORD_SIMILARITY = 0.3;
/** A further source has to be nearly as similar as the first. */
const SOURCE_MARGIN = 0.1;
/** Mean natural log probability of a token: below, the model itself does not believe it. */
const MIN_LOG_PROB = -0.5;
/** Share of the sentence's content words that its sources have not. */
const MAX_NEW_WORDS = 0.08;

const NUMBER = /\p{N}+(?:[.,:]\p{N}+)*/gu;
const NUMBER_WORDS: Record<string, string[]> = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  ),
};
const MAGNITUDES =
  /(?<!\p{L})(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|halves|twice|double[sd]?|triple[sd]?|quarters?|thirds?|percent|per cent)(?!\p{L})|[%$€£¥]/giu;

const NEGATION =
  /(?<!\p{L})(?:no|not|never|none|nobody|nothing|neither|nor|without|hardly|barely|cannot|\p{L}+n['’]t|fail(?:s|ed|ure)?|refus\p{L}+|den(?:y|ies|ied)|lack\p{L}*|unlikely)(?!\p{L})/iu;
const HEDGE =
  /(?<!\p{L})(?:may|might|could|would|perhaps|possibly|probably|likely|alleged(?:ly)?|reported(?:ly)?|suspected|apparently|seem(?:s|ed)?|appear(?:s|ed)?|claim(?:s|ed)?|suggest(?:s|ed)?|believe[sd]?|think(?:s)?|thought|said|says|say|told|according|expected|if|unless)(?!\p{L})/iu;
/** A word of degree and the word that it measures. */
const DEGREE =
  /\b(half|quarter|third|most|some|many|few|several|nearly|almost|only|least|than|about|around|roughly|partly|sometimes|often|rarely)\s(?:of\s)?(?:an?\s|the\s|their\s|its\s)?([\p{L}\p{N}][\p{L}\p{N}.,]*[\p{L}\p{N}]|\p{L})/gu;

export class Checker {
  private readonly embedded = new Map<number, Float32Array>();

  constructor(
    private readonly ranking: Ranking,
    private readonly models: CheckModels,
    private readonly signal: AbortSignal,
  ) {}

  /** Checks one sentence against the page's sentences from `blocks[from]` to `blocks[to]`, both included; all by default. */
  async check(text: string, from = 0, to = Infinity): Promise<Check> {
    const near = await this.nearest(text, from, to);
    const copied = near.find(({ sentence }) => sentence.text === text);
    if (copied) return { doubts: [], sources: [copied.sentence] };
    const best = near[0]?.similarity ?? 0;
    const found = near.filter(({ similarity }) => similarity >= best - SOURCE_MARGIN).slice(0, MAX_SOURCES);
    const sources = found.map(({ sentence }) => sentence);
    const evidence = sources.map((sentence) => sentence.text).join(' ');
    const doubts: Doubt[] = [];
    if (!numbersHold(text, evidence, this.ranking.language)) doubts.push('number');
    if (!namesHold(text, evidence, this.ranking.language)) doubts.push('name');
    const isUnlike = best < (this.models.embedder ? MIN_SIMILARITY : MIN_WORD_SIMILARITY);
    const isNew = newWords(text, evidence, this.ranking.language) > MAX_NEW_WORDS;
    if (isUnlike || isNew || !stanceHolds(text, sources.at(0)?.text ?? '')) doubts.push('similarity');
    if (sources.length > 0 && (await this.isUnlikely(text, evidence))) doubts.push('likelihood');
    return { doubts, sources };
  }

  private async nearest(text: string, from: number, to: number): Promise<{ sentence: Sentence; similarity: number }[]> {
    const { candidates, vectors, language } = this.ranking;
    const cosines = vectors.cosinesWith(termsOf(text, language));
    const within = [...cosines.keys()].filter((i) => candidates[i].block >= from && candidates[i].block <= to);
    const shortlist = within.sort((a, b) => cosines[b] - cosines[a]).slice(0, COMPARED);
    const { embedder } = this.models;
    const similarities = embedder
      ? await this.embeddedSimilarities(embedder, text, shortlist)
      : shortlist.map((i) => cosines[i]);
    return shortlist
      .map((i, k) => ({ sentence: candidates[i], similarity: similarities[k] }))
      .sort((a, b) => b.similarity - a.similarity);
  }

  private async embeddedSimilarities(embedder: Embedder, text: string, indices: number[]): Promise<number[]> {
    const missing = indices.filter((i) => !this.embedded.has(i));
    const vectors = await embedder.embed([text, ...missing.map((i) => this.ranking.candidates[i].text)], this.signal);
    missing.forEach((i, k) => this.embedded.set(i, vectors[k + 1]));
    return indices.map((i) => {
      const vector = this.embedded.get(i);
      return vector ? dot(vectors[0], vector) : 0;
    });
  }

  private async isUnlikely(text: string, evidence: string): Promise<boolean> {
    const { model } = this.models;
    if (!model) return false;
    try {
      const { tokens } = await model.score(restatingPrompt(evidence), text, this.signal);
      return tokens.reduce((sum, { logProb }) => sum + logProb, 0) / Math.max(1, tokens.length) < MIN_LOG_PROB;
    } catch (error) {
      // A page may have a "sentence" of thousands of signs: what cannot be judged is not vouched for.
      if (error instanceof AppError && error.code === 'input-too-long') return true;
      throw error;
    }
  }
}

/** True where every number of `text`, in digits, words or magnitudes, stands in `evidence` too. */
export function numbersHold(text: string, evidence: string, language: string): boolean {
  const known = new Set(numbersOf(evidence, language));
  return numbersOf(text, language).every((number) => known.has(number));
}

/** True where every name of `text` (a capitalized word that is not just a sentence's first) stands in `evidence` too. */
export function namesHold(text: string, evidence: string, language: string): boolean {
  const known = new Set(evidence.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu));
  return namesOf(text, language).every((name) => known.has(name.toLowerCase()));
}

/**
 * True where `text` denies no more and no less than `evidence`, does not make a fact of what is only said or possible there, and
 * keeps its words of degree: "half a century" is not "a century".
 */
export function stanceHolds(text: string, evidence: string): boolean {
  const words = new Set(wordsOf(text.toLowerCase()));
  const degrees = [...evidence.toLowerCase().matchAll(DEGREE)];
  return (
    NEGATION.test(text) === NEGATION.test(evidence) &&
    (HEDGE.test(text) || !HEDGE.test(evidence)) &&
    degrees.every(([, degree, next]) => words.has(degree) || !words.has(next))
  );
}

/** Numbers as plain digits, with magnitudes and signs of money as themselves. */
export function numbersOf(text: string, language: string): string[] {
  const inDigits = [...text.matchAll(NUMBER)].map(([number]) =>
    number.replace(/[,.](?=\d{3}(?!\d))/g, '').replace(',', '.'),
  );
  const names = NUMBER_WORDS[primarySubtag(language)] ?? [];
  const inWords = wordsOf(text.toLowerCase()).flatMap((word) =>
    word.split('-').flatMap((part) => (names.indexOf(part) > 1 ? [String(names.indexOf(part))] : [])),
  );
  const magnitudes = [...text.matchAll(MAGNITUDES)].map(([word]) => singular(word.toLowerCase()));
  return [...inDigits, ...inWords, ...magnitudes];
}

/** Capitalized words that are no frequent words, and not just the first of a sentence. */
export function namesOf(text: string, language: string): string[] {
  const stop = stopWords(language);
  const names: string[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}]*/gu)) {
    const [name] = match;
    const before = text.slice(0, match.index);
    const isFirst = /(?:^|[.!?:…]["'”’)\]]?\s+)["'“‘([]*$/u.test(before);
    if (isFirst && (stop.has(name.toLowerCase()) || !/\p{Lu}/u.test(name.slice(1)))) continue;
    if (!stop.has(name.toLowerCase())) names.push(name);
  }
  return names;
}

function newWords(text: string, evidence: string, language: string): number {
  const known = new Set(termsOf(evidence, language));
  const terms = [...new Set(termsOf(text, language))];
  return terms.length === 0 ? 0 : terms.filter((term) => !known.has(term)).length / terms.length;
}

function singular(word: string): string {
  if (word === '%' || word === 'per cent') return 'percent';
  return word === 'halves' ? 'half' : word.replace(/s$/, '');
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
