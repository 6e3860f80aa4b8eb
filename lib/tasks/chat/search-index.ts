// The index of one article: its passages and sentences by their terms, ranked with BM25. Built once per article.
import MiniSearch from 'minisearch';
import { throwIfAborted } from '../../errors.ts';
import { wordsIn } from './answer-kind.ts';
import type { Article } from '../../article.ts';
import { languageOf } from '../language.ts';
import { sentencesOf, type Sentence } from '../sentences.ts';
import { passagesOf, type BlockRange } from './passages.ts';
import { searchTerms } from './search-terms.ts';

/** A term of a question and how much it counts. */
export interface QueryTerm {
  term: string;
  weight: number;
}

/** MiniSearch's are k 1.2, b 0.7, d 0.5; sentences hardly repeat a word, so their length says little. */
const BM25 = { k: 1.2, b: 0.4, d: 0 };

/** A BM25 score for each document that has one of the terms, by its number. */
type Scores = Map<number, number>;

export class SearchIndex {
  readonly language: string;
  readonly sentences: Sentence[];
  readonly passages: BlockRange[];
  /** The passage that each sentence stands in. */
  readonly passageOf: number[];
  /** The words of each sentence. */
  readonly wordsOf: string[][] = [];
  private readonly sentenceIndex = emptyIndex();
  private readonly passageIndex = emptyIndex();
  private readonly passageTerms: ReadonlySet<string>[] = [];
  private readonly sentenceTerms: ReadonlySet<string>[] = [];
  /** Passages, and sentences, that have a term. */
  private readonly frequency = new Map<string, number>();
  private readonly sentenceFrequency = new Map<string, number>();

  /** Empty: to be filled before anything is looked up. */
  constructor(article: Article) {
    this.language = languageOf(article);
    this.sentences = sentencesOf(article, this.language);
    this.passages = passagesOf(article);
    const passageOfBlock = this.passages.flatMap(({ firstBlock, lastBlock }, i) =>
      new Array<number>(lastBlock - firstBlock + 1).fill(i),
    );
    this.passageOf = this.sentences.map(({ block }) => passageOfBlock[block]);
  }

  /** Yields after each sentence and each passage: where what else is to be done may come between. */
  *fill(): Generator<void, void, void> {
    const together = this.passages.map((): string[] => []);
    for (const [id, { text }] of this.sentences.entries()) {
      const terms = searchTerms(text, this.language);
      together[this.passageOf[id]].push(...terms);
      this.wordsOf.push(wordsIn(text));
      add(id, terms, this.sentenceIndex, this.sentenceTerms, this.sentenceFrequency);
      yield;
    }
    for (const [id, terms] of together.entries()) {
      add(id, terms, this.passageIndex, this.passageTerms, this.frequency);
      yield;
    }
  }

  /** Share of the query's terms that a passage has, the rare ones (and those that the article has not at all) counting more. */
  coverage(query: readonly QueryTerm[], passage: number): number {
    return coverageOf(query, [this.passageTerms[passage]], this.frequency, this.passages.length);
  }

  /** The same of a sentence together with the one before it, unless that is a heading. */
  sharedWithPrevious(query: readonly QueryTerm[], sentence: number): number {
    const before = this.sentences.at(sentence - 1);
    const own = this.sentenceTerms[sentence];
    const both = sentence > 0 && before?.kind !== 'heading' ? [own, this.sentenceTerms[sentence - 1]] : [own];
    return coverageOf(query, both, this.sentenceFrequency, this.sentences.length);
  }

  scoreSentences(query: readonly QueryTerm[]): Scores {
    return scores(this.sentenceIndex, query);
  }

  scorePassages(query: readonly QueryTerm[]): Scores {
    return scores(this.passageIndex, query);
  }
}

interface Document {
  id: number;
  terms: string;
}

const indices = new WeakMap<Article, SearchIndex>();

/** The article's index, built on the first call: 50,000 words take some 400 ms, so it is worth preparing it ahead of a question. */
export function searchIndexOf(article: Article): SearchIndex {
  let index = indices.get(article);
  if (!index) {
    index = new SearchIndex(article);
    for (const _ of index.fill());
    indices.set(article, index);
  }
  return index;
}

/** Time between two looks at what else is to be done. */
const SLICE_MS = 12;

/** Builds the article's index in pieces, so that the thread stays free. Throws `aborted`. */
export async function prepareSearchIndex(article: Article, signal: AbortSignal): Promise<void> {
  if (indices.has(article)) return;
  const index = new SearchIndex(article);
  let sinceMs = performance.now();
  for (const _ of index.fill()) {
    if (performance.now() - sinceMs < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
    sinceMs = performance.now();
  }
  if (!indices.has(article)) indices.set(article, index);
}

function add(
  id: number,
  terms: readonly string[],
  index: MiniSearch<Document>,
  sets: ReadonlySet<string>[],
  frequency: Map<string, number>,
): void {
  index.add({ id, terms: terms.join(' ') });
  const set = new Set(terms);
  sets.push(set);
  for (const term of set) frequency.set(term, (frequency.get(term) ?? 0) + 1);
}

/** Share of the query's terms that are in one of the sets, each counting by how few of `total` sets have it. */
function coverageOf(
  query: readonly QueryTerm[],
  sets: readonly ReadonlySet<string>[],
  frequency: ReadonlyMap<string, number>,
  total: number,
): number {
  let all = 0;
  let found = 0;
  for (const { term, weight } of query) {
    const rarity = weight * Math.log(1 + (total + 1) / ((frequency.get(term) ?? 0) + 0.5));
    all += rarity;
    if (sets.some((terms) => terms.has(term))) found += rarity;
  }
  return all > 0 ? found / all : 0;
}

function emptyIndex(): MiniSearch<Document> {
  return new MiniSearch<Document>({
    fields: ['terms'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
}

function scores(index: MiniSearch<Document>, query: readonly QueryTerm[]): Scores {
  const weights = new Map(query.map(({ term, weight }) => [term, weight]));
  const results = index.search([...weights.keys()].join(' '), {
    bm25: BM25,
    boostTerm: (term) => weights.get(term) ?? 1,
  });
  // MiniSearch multiplies by the number of terms found: that would drown the rare one among the common.
  return new Map(results.map(({ id, score, queryTerms }) => [id as number, score / (queryTerms.length || 1)]));
}
